/* SPDX-License-Identifier: MIT */
/**
 * @file model.h
 * The conductance-based models that the library knows, and models of users' own.
 */
#ifndef DICREC_MODEL_H
#define DICREC_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "context.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A conductance-based neuron model; immutable, shareable between threads. */
typedef struct dicrec_model dicrec_model;

/** Number of built-in models. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_model_builtin_count(void);

/** Name of a built-in model ("stg", "da"), or NULL beyond the last; static. Threads: any. Since 0.1. */
DICREC_API const char *dicrec_model_builtin_name(size_t index);

/**
 * Open a built-in model by name.
 *
 * "stg": stomatogastric ganglion neuron [Liu et al., J Neurosci 18:2309, 1998]. "da": midbrain dopaminergic
 * neuron [Qian et al., J Neurophysiol 112:2779, 2014; Drion et al., PLoS Comput Biol 7:e1002050, 2011].
 * @param context  Context.
 * @param name     Name of a built-in model.
 * @param model    Receives the handle; free with dicrec_model_free(). NULL on failure.
 * @return OK, E_ARGUMENT, E_NAME, E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_model_open(dicrec_context *context, const char *name, dicrec_model **model);

/**
 * Make a model of a file of your own: channels, gates, calcium and populations as JSON text (docs/models.md).
 *
 * @param context  Context; its text names line, channel, gate, value and what is allowed.
 * @param path     Path of a file of at most 1 MiB.
 * @param model    Receives the handle; free with dicrec_model_free(). NULL on failure.
 * @return OK, E_ARGUMENT (malformed, or parts that do not go together), E_RANGE (a value), E_FILE, E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_model_create_from_file(dicrec_context *context, const char *path, dicrec_model **model);

/**
 * Make a model of the text of such a file, which may come from strangers.
 *
 * @param context  Context.
 * @param text     [size], UTF-8; copied.
 * @param size     Its bytes, at most 1 MiB.
 * @param model    Receives the handle; free with dicrec_model_free(). NULL on failure.
 * @return OK, E_ARGUMENT, E_RANGE, E_MEMORY; as of dicrec_model_create_from_file().
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_model_create_from_text(dicrec_context *context, const char *text, size_t size,
                                                       dicrec_model **model);

/**
 * Copy the text that a model was made of, to the byte; of built-in ones too.
 *
 * @param model  Model.
 * @param text   [size], receives the text, terminated and maybe cut; NULL with size 0 to ask for the length.
 * @param size   Room.
 * @return Length of the whole text without its terminator; 0 for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API size_t dicrec_model_copy_text(const dicrec_model *model, char *text, size_t size);

/**
 * One more owner of a model: it is freed when dicrec_model_free() was called for every owner, in any order, on any
 * thread.
 *
 * @return The same handle; NULL for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_model *dicrec_model_retain(const dicrec_model *model);

/** Give up a model; objects made with it stay valid. NULL is ignored. Threads: any, once for every owner. Since 0.1. */
DICREC_API void dicrec_model_free(dicrec_model *model);

/** Short name of the model, valid as long as the model; NULL for NULL. Threads: any. Since 0.1. */
DICREC_API const char *dicrec_model_name(const dicrec_model *model);

/** One-line description with the published source, valid as long as the model. Threads: any. Since 0.1. */
DICREC_API const char *dicrec_model_description(const dicrec_model *model);

/** Number of channels, the leak included; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_model_channel_count(const dicrec_model *model);

/**
 * Name of a channel ("Na", "leak", ...), or NULL beyond the last; valid as long as the model. Threads: any. Since 0.1.
 */
DICREC_API const char *dicrec_model_channel_name(const dicrec_model *model, size_t channel);

/**
 * Index of a channel by its name.
 *
 * @return The index, or -1 if the model has no such channel.
 * Threads: any. Since 0.1.
 */
DICREC_API int32_t dicrec_model_channel_index(const dicrec_model *model, const char *name);

/** Index of the leak, which DICs are divided by; -1 for NULL. Threads: any. Since 0.1. */
DICREC_API int32_t dicrec_model_leak_index(const dicrec_model *model);

/** Number of state variables, V included; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_model_state_count(const dicrec_model *model);

/**
 * Name of a state variable, in the order of every array of states: "V" (mV), for each channel "m_Na" (activation) and
 * "h_Na" (inactivation), or "o_ERG" and "i_ERG" (open and inactivated fraction of a kinetic scheme), and "Ca" (uM).
 *
 * @param model  Model.
 * @param state  Index of the state variable.
 * @return The name, valid as long as the model; NULL beyond the last.
 * Threads: any. Since 0.1.
 */
DICREC_API const char *dicrec_model_state_name(const dicrec_model *model, size_t state);

/** Reversal potential of a channel in mV; NaN beyond the last. Threads: any. Since 0.1. */
DICREC_API double dicrec_model_reversal_mv(const dicrec_model *model, size_t channel);

/** Threshold potential at which the model's DICs are read, in mV; NaN for NULL. Threads: any. Since 0.1. */
DICREC_API double dicrec_model_threshold_mv(const dicrec_model *model);

/** Voltage that V rises through in a spike unless a simulation is asked for another, in mV; NaN for NULL. Threads: any.
 * Since 0.1. */
DICREC_API double dicrec_model_spike_level_mv(const dicrec_model *model);

/** Number of DICs that a target of the model has: 2, g_s and g_u, for the built-in ones; 0 for NULL. Threads: any.
 * Since 0.1. */
DICREC_API size_t dicrec_model_target_count(const dicrec_model *model);

/** Name of a DIC of a target, "g_s", "g_u"; NULL beyond the last; static. Threads: any. Since 0.1. */
DICREC_API const char *dicrec_model_target_name(const dicrec_model *model, size_t target);

/**
 * Range of a target's DIC that populations of this model are for: of the built-in ones the published [arXiv:2509.12783],
 * of others what the file says, or what was found to be reachable. That is looked for at the first call which needs it.
 *
 * @param model   Model.
 * @param target  Index of the DIC, below dicrec_model_target_count().
 * @param range   [2], receives the lowest and the highest; both 0 for models that make no populations, of which
 *                dicrec_generate() says why.
 * @return OK, E_ARGUMENT, E_RANGE, E_MEMORY.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_model_target_range(const dicrec_model *model, size_t target, double *range);

/**
 * Range of a channel's maximal conductance in the base draw of a population.
 *
 * @param model    Model.
 * @param channel  Channel index.
 * @param range    [2], receives lowest and highest in mS/cm2; both 0 for channels that compensation solves.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_model_conductance_range(const dicrec_model *model, size_t channel, double *range);

/**
 * Simulated time of the published protocol.
 *
 * @param model      Model.
 * @param t_end_ms   Receives the end of the simulation.
 * @param t_skip_ms  Receives the time from which spikes count.
 * @return OK, E_ARGUMENT.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_model_protocol(const dicrec_model *model, double *t_end_ms, double *t_skip_ms);

/**
 * Time scales of the DICs at a voltage: fast, slow and ultraslow.
 *
 * @param model   Model.
 * @param v_mv    Voltage, up to DICREC_MAX_VOLTAGE_MV of either sign, mV.
 * @param tau_ms  [3], receives the time constants, ms.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_model_time_scales(const dicrec_model *model, double v_mv, double *tau_ms);

/**
 * Steady state and time constant of a channel's gate over voltages, without what calcium does to it.
 *
 * @param model    Model.
 * @param channel  Channel index.
 * @param gate     0: activation, or the open fraction of a kinetic scheme; 1: inactivation.
 * @param v_mv     [n], voltages, up to DICREC_MAX_VOLTAGE_MV of either sign, mV.
 * @param n        Number of voltages; 0 to ask whether there is such a gate.
 * @param steady   [n], receives the steady states.
 * @param tau_ms   [n], receives the time constants, ms; 0 for a gate that follows at once, NaN for a kinetic scheme.
 * @return OK, E_ARGUMENT, E_RANGE (a voltage, or there is no such gate).
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_model_gate_curves(const dicrec_model *model, size_t channel, size_t gate,
                                                  const double *v_mv, size_t n, double *steady, double *tau_ms);

#ifdef __cplusplus
}
#endif

#endif
