# SPDX-License-Identifier: MIT
# The ten things of same.c in R.
#
# Usage: Rscript same.R TRAIN FOLDER      (in the folder of the shim)
dyn.load("dicrec_r.so")
source("dicrec.R")

arguments <- commandArgs(trailingOnly = TRUE)
times <- scan(arguments[1], quiet = TRUE)

# Rows one after the other, where R has columns.
put <- function(name, numbers) {
  writeBin(as.double(t(numbers)), file.path(arguments[2], name), size = 8, endian = "little")
}

# For each member the number of its spikes, then their times.
counted <- function(spikes) unlist(lapply(spikes, function(times) c(length(times), times)))

estimate <- dicrec_estimate(times, "stg")
dics <- c("g_s", "g_u")
put("01_estimate", c(estimate$median[dics], estimate$quantiles[, dics], estimate$time_scale, estimate$support))

members <- dicrec_reconstruct(times, "stg", 4, seed = 7)
put("02_reconstruct", cbind(
  members$conductances, members$dics[, dics], members$time_scale, members$noise_std, members$streams
))
verified <- dicrec_reconstruct(times, "stg", 2, seed = 3, verify = TRUE)
put("03_verified", cbind(
  verified$conductances, verified$distance, verified$accepted, verified$statistics[, "rate_hz"]
))
published <- dicrec_reconstruct(times, "stg", 4, seed = 5, screening = "off", noise = "fixed", noise_std = 0)
put("04_published", published$conductances)

made <- dicrec_generate(c(-5, 8), "stg", 5, seed = 2)
put("05_generate", cbind(made$conductances, made$dics[, dics]))
put("06_dics", dicrec_dics(made$conductances, "stg", v_mv = -51))
put("07_threshold", dicrec_threshold(made$conductances, "stg"))

first <- made$conductances[1, ]
fired <- dicrec_simulate(made$conductances, "stg", t_end_ms = 1500, t_skip_ms = 500, solver = "ensemble")
put("08_simulate", counted(fired$spikes))
noisy <- dicrec_simulate(first, "stg", t_end_ms = 1500, noise_std = 5, seed = 4, solver = "cvode")
put("09_noisy", counted(noisy$spikes))
traced <- dicrec_simulate(first, "stg", t_end_ms = 100, solver = "cvode", trace = "currents", trace_dt_ms = 0.5)
put("10_trace", traced$traces[[1]])
