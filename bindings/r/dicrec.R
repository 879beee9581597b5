# SPDX-License-Identifier: MIT
# libdicrec for R. Load the shim first: dyn.load("dicrec_r.so").

# A command with its data, and options by the names that the library has for them; those of a part of a reconstruction
# as part.name, simulate.t_end_ms. A failure is an error and a remark a warning, both of the class of their status, such
# as E_SPIKES, and of dicrec_error or dicrec_warning.
dicrec <- function(command, data, ...) {
  answer <- .Call("dicrec_call", command, data, list(...), PACKAGE = "dicrec_r")
  if (answer$interrupted) interrupt()
  if (answer$status != 0) {
    kind <- if (answer$status < 0) "error" else "warning"
    condition <- structure(
      class = c(answer$name, paste0("dicrec_", kind), kind, "condition"),
      list(message = paste0(answer$name, ": ", answer$text), call = sys.call(), status = answer$status)
    )
    if (answer$status < 0) stop(condition)
    warning(condition)
  }
  c(answer$values, remark = answer$name)
}

# What R does itself on Ctrl-C, which the shim has noticed in its place.
interrupt <- function() {
  signalCondition(structure(class = c("interrupt", "condition"), list(message = "", call = NULL)))
  invokeRestart("abort")
}

# Spike times in ms: numbers, or a difftime of any unit.
milliseconds <- function(times) if (inherits(times, "difftime")) as.numeric(times, units = "secs") * 1000 else times

dicrec_estimate <- function(times, model, ...) dicrec("estimate", milliseconds(times), model = model, ...)

dicrec_reconstruct <- function(times, model, n, ...) {
  dicrec("reconstruct", milliseconds(times), model = model, n = n, ...)
}

dicrec_generate <- function(target, model, n, ...) dicrec("generate", target, model = model, n = n, ...)

# Conductances, a row for each member, or what dicrec_reconstruct() and dicrec_generate() answer: its members come with
# their noise, random streams and time scale, where the options do not say otherwise.
dicrec_simulate <- function(members, model, ...) {
  if (!is.list(members)) return(dicrec("simulate", members, model = model, ...))
  options <- list(member_noise_std = members$noise_std, member_streams = members$streams, time_scale = members$time_scale)
  options <- utils::modifyList(options, list(...))
  if ("noise_std" %in% names(options)) options$member_noise_std <- NULL
  if ("first_member" %in% names(options)) options$member_streams <- NULL
  do.call(dicrec, c(list("simulate", members$conductances, model = model), options))
}

dicrec_dics <- function(conductances, model, ...) dicrec("dics", conductances, model = model, ...)$dics

dicrec_threshold <- function(conductances, model) dicrec("threshold", conductances, model = model)$threshold_mv
