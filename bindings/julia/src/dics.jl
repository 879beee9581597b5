# SPDX-License-Identifier: MIT
# Dynamic input conductances of given conductances, and what they come from.

"Conductances row by row, and how many sets they are."
sets(model::Model, conductances) = rows("conductances", conductances, length(model.channels), "mS/cm2")

voltage(model::Model, v_mv) = v_mv === nothing ? model.threshold_mv : in_unit("v_mv", v_mv, "mV")

function at_voltage(f, model, conductances, v_mv, size, columns...)
    numbers, n = sets(model, conductances)
    result = Vector{Float64}(undef, n * prod(size))
    call(f, model.handle, numbers, n, voltage(model, v_mv), columns..., result)
    return from_rows(result, n, size...)
end

"""
    dics(model, conductances; v_mv = nothing)

Dynamic input conductances, divided by each set's leak: a matrix [n, 4] of g_f, g_s, g_u and g_t.

- `conductances` [n, channels] or [channels]: maximal conductances, mS/cm2
- `v_mv`: voltage, mV; by default the model's threshold
"""
function dics(model::Model, conductances; v_mv = nothing)
    n_columns = API.DIC.COUNT
    return at_voltage(API.dic_compute, model, conductances, v_mv, (Int(n_columns),), n_columns)
end

"""
    sensitivity(model, conductances; v_mv = nothing)

Sensitivity matrices S, (g_f, g_s, g_u) = S g: an array [n, 3, channels] in cm2/mS. Arguments as of [`dics`](@ref).
"""
function sensitivity(model::Model, conductances; v_mv = nothing)
    n_rows = API.DIC.TOTAL
    size = (Int(n_rows), length(model.channels))
    return at_voltage(API.dic_sensitivity, model, conductances, v_mv, size, n_rows)
end

"""
    static_current(model, conductances; v_mv = nothing)

Total ionic current with every gate at its steady state: a vector [n] in uA/cm2, outward positive. Arguments as of
[`dics`](@ref).
"""
function static_current(model::Model, conductances; v_mv = nothing)
    return at_voltage(API.dic_static_current, model, conductances, v_mv, ())
end

"""
    threshold(model, conductances; v_range_mv = nothing)

First voltage, going up, where g_t falls through zero: a vector [n] in mV; `NaN`, with a warning, where there is none.

- `conductances` [n, channels] or [channels]: maximal conductances, mS/cm2
- `v_range_mv`: lowest and highest voltage, mV; by default $(API.THRESHOLD_LEAST_MV) to $(API.THRESHOLD_MOST_MV)
"""
function threshold(model::Model, conductances; v_range_mv = nothing)
    numbers, n = sets(model, conductances)
    range = v_range_mv === nothing ? C_NULL : first(rows("v_range_mv", v_range_mv, 2, "mV"))
    result = Vector{Float64}(undef, n)
    call(API.dic_threshold, model.handle, numbers, n, range, result)
    return result
end

"""
    Dicrec.dic_names()

Names of the DICs, in the order of the columns of every array of DICs.
"""
dic_names() = [text(API.dic_name(i - 1)) for i in 1:min(API.dic_count(), API.DIC.COUNT)]
