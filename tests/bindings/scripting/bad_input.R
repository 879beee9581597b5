# SPDX-License-Identifier: MIT
# What is wrong is an error of R that says so, and costs no memory.
dyn.load("dicrec_r.so")
source("dicrec.R")

expect <- function(class, text, expression) {
  found <- tryCatch({ expression; NULL }, condition = identity)
  if (is.null(found)) stop("no ", class, ": ", text)
  if (!inherits(found, class)) stop(class, " was expected, not ", conditionMessage(found))
  if (!grepl(text, conditionMessage(found), fixed = TRUE)) stop("'", text, "' is not in: ", conditionMessage(found))
}

bursts <- 100 + rep(117.3 * 0:9, each = 5) + 9.2 * 0:4
members <- dicrec_generate(c(-5, 8), "stg", 2)

# Wrong types and shapes
for (times in list("text", list(1, 2), NULL, factor(c("a", "b")), 1i, matrix(1:6, 2), c("a", "b"), sum)) {
  expect("E_ARGUMENT", "expected", dicrec_estimate(times, "stg"))
}
expect("E_ARGUMENT", "8 columns are expected", dicrec_simulate(matrix(1, 2, 7), "stg"))
expect("E_ARGUMENT", "2 columns are expected", dicrec_generate(1:3, "stg", 2))
expect("E_ARGUMENT", "2 are expected", dicrec_simulate(members, "stg", member_streams = 1:3))
expect("E_ARGUMENT", "is not for this command", dicrec_reconstruct(bursts, "stg", 2, simulate.member_streams = 1:2))
expect("E_ARGUMENT", "2 are expected", dicrec_simulate(members, "stg", current_times_ms = 0:1, current_values = 1))
expect("E_ARGUMENT", "n_current is 2", dicrec_simulate(members, "stg", current_times_ms = 0:1))
expect("E_ARGUMENT", "n: a whole number", dicrec_generate(c(-5, 8), "stg", 2.5))
expect("E_ARGUMENT", "name = value", dicrec_estimate(bursts, "stg", 1))

# Values
expect("E_SPIKES", "spike 2 of 3 is nan", dicrec_estimate(c(1, NaN, 3), "stg"))
expect("E_SPIKES", "spike 2 of 3 is nan", dicrec_estimate(c(1L, NA, 3L), "stg"))
expect("E_SPIKES", "spike 3 of 3 is inf", dicrec_estimate(c(1, 2, Inf), "stg"))
expect("E_SPIKES", "not after the one before", dicrec_estimate(rev(bursts), "stg"))
expect("E_SPIKES", "at least 3", dicrec_reconstruct(5, "stg", 2))
expect("W_SILENT", "0 spikes", dicrec_estimate(numeric(0), "stg"))
expect("W_SILENT", "1 spikes", dicrec_estimate(5, "stg"))
expect("E_RANGE", "t_end_ms is -3", dicrec_reconstruct(bursts, "stg", 2, simulate.t_end_ms = -3))
expect("E_RANGE", "max_drawn is 1.5", dicrec_reconstruct(bursts, "stg", 2, max_drawn = 1.5))
expect("E_RANGE", "seed is -1", dicrec_generate(c(-5, 8), "stg", 2, seed = -1))
expect("E_RANGE", "seed is nan", dicrec_generate(c(-5, 8), "stg", 2, seed = NA_real_))

# Names
expect("E_NAME", "unknown model 'nix'", dicrec_estimate(bursts, "nix"))
expect("E_NAME", "there is no option 'nix', but", dicrec_estimate(bursts, "stg", nix = 1))
expect("E_NAME", "there is no option 'nix.dt_ms'", dicrec_reconstruct(bursts, "stg", 2, nix.dt_ms = 1))
expect("E_NAME", "there is no command 'nix', but", dicrec("nix", 1))
expect("E_ARGUMENT", "target is 'nix', allowed is", dicrec_reconstruct(bursts, "stg", 2, target = "nix"))
expect("E_FILE", "cannot read weights", dicrec_estimate(bursts, "stg", estimator.weights_path = "nix"))

# Much
expect("W_SUPPORT", "support is", dicrec_estimate(as.numeric(1:1e7), "stg"))

# Units
seconds <- suppressWarnings(dicrec_estimate(as.difftime(bursts / 1000, units = "secs"), "stg"))
again <- suppressWarnings(dicrec_estimate(bursts / 1000, "stg", spikes.unit = "s"))
stopifnot(all.equal(seconds$median, again$median))

# Memory: a spike train is 80 kB, what a thousand of them would be were they kept
memory_kb <- function() {
  status <- readLines("/proc/self/status")
  as.numeric(gsub("[^0-9]", "", grep("VmRSS", status, value = TRUE)))
}
wrong <- c(seq(1, 20000, 2), 1)
fail_often <- function() {
  for (i in 1:1000) {
    try(dicrec_reconstruct(wrong, "stg", 4), silent = TRUE)
    try(dicrec_generate(c(-5, 8), "stg", 4, nix = 1), silent = TRUE)
  }
  gc()
}
fail_often()
before <- memory_kb()
fail_often()
grown <- memory_kb() - before
cat(grown, "kB more after 2,000 errors\n")
stopifnot(grown < 8000)
