# SPDX-License-Identifier: MIT
# The generated layer has the layout that the headers say, and what is loaded has all its functions.
const API = Dicrec.API

@testset "$name" for name in keys(API.FIELDS)
    struct_, fields = getfield(API, name), API.FIELDS[name]
    @test fieldnames(struct_) == Tuple(field.name for field in fields)
    if Sys.WORD_SIZE == 64 # the description has the offsets for pointers of that size
        @test sizeof(struct_) == API.SIZES[name]
        @test [Int(fieldoffset(struct_, i)) for i in 1:fieldcount(struct_)] == [field.offset for field in fields]
    end
end

@test length(API.NAMES) == length(API.ENTRIES) == length(unique(API.NAMES))
@test all(!=(C_NULL), API.ENTRIES)
@test Dicrec.version() >= API.HEADERS
@test isfile(Dicrec.library())
@test !isempty(Dicrec.build_info())

# Words of the description are those of the library.
for (enumeration, naming) in Dicrec.NAMING, word in API.WORDS[enumeration]
    @test Dicrec.text(naming(word.value)) == word.word
end
@test Dicrec.word_of(:OUTCOME, API.OUTCOME.GIVEN_UP) === :given_up
@test Dicrec.word_of(:SOLVER, 99) === :other
@test Status(99).name == "UNKNOWN"

# Defaults of the description are those of the library.
for name in keys(API.FIELDS), field in API.FIELDS[name]
    field.default === nothing && continue
    options = Dicrec.new_options(getfield(API, name), NamedTuple()).struct_
    @test getfield(options, field.name) in (0, field.default)
end

# Every option of a verb is told in its docstring.
"Docstrings of a name, as they are in the source."
function docstring(name)
    found = get(Base.Docs.meta(Dicrec), Base.Docs.Binding(Dicrec, name), nothing)
    return found === nothing ? "" : join((join(doc.text) for doc in values(found.docs)), "\n")
end
for verb in (:simulate, :generate, :reconstruct, :estimate_many)
    struct_ = Dict(:estimate_many => API.EstimateOptions, :simulate => API.SimulateOptions,
        :generate => API.GenerateOptions, :reconstruct => API.ReconstructOptions)[verb]
    @test all(name -> occursin("`$name`", docstring(verb)), Dicrec.option_names(struct_))
end
@test Dicrec.limit(:simulate, :dt_ms).unit == "ms"
@test_throws Dicrec.ArgumentError Dicrec.limit(:simulate, :no_such)
@test_throws Dicrec.ArgumentError Dicrec.limit(:no_such, :dt_ms)

# Every export has a docstring.
for name in names(Dicrec)
    name in (:mean, :median, :quantile, :cov) || @test !isempty(docstring(name)) # those are of Statistics
end
