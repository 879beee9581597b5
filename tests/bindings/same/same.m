% SPDX-License-Identifier: MIT
% The ten things of same.c in Octave.
%
% Usage: octave-cli same.m TRAIN FOLDER      (in the folder of the MEX file)
1;

% Rows one after the other, where Octave has columns.
function put(name, numbers)
  file = fopen(fullfile(argv(){2}, name), 'w');
  fwrite(file, numbers', 'double', 0, 'ieee-le');
  fclose(file);
end

% For each member the number of its spikes, then their times.
function numbers = counted(spikes)
  parts = cellfun(@(times) [numel(times); times], spikes, 'UniformOutput', false);
  numbers = vertcat(parts{:});
end

times = load(argv(){1});
stg = {'model', 'stg'};

estimate = dicrec('estimate', times, stg{:});
put('01_estimate', [estimate.median(1:2); estimate.quantiles(:, 1); estimate.quantiles(:, 2); ...
                    estimate.time_scale; estimate.support]);

members = dicrec('reconstruct', times, stg{:}, 'n', 4, 'seed', 7);
put('02_reconstruct', [members.conductances, members.dics(:, 2:3), repmat(members.time_scale, 4, 1), ...
                       members.noise_std, members.streams]);
verified = dicrec('reconstruct', times, stg{:}, 'n', 2, 'seed', 3, 'verify', true);
rate = verified.statistics(:, strcmp(verified.statistics_columns, 'rate_hz'));
put('03_verified', [verified.conductances, verified.distance, verified.accepted, rate]);
published = dicrec('reconstruct', times, stg{:}, 'n', 4, 'seed', 5, 'screening', 'off', 'noise', 'fixed', 'noise_std', 0);
put('04_published', published.conductances);

made = dicrec('generate', [-5 8], stg{:}, 'n', 5, 'seed', 2);
put('05_generate', [made.conductances, made.dics(:, 2:3)]);
put('06_dics', dicrec('dics', made.conductances, stg{:}, 'v_mv', -51).dics);
put('07_threshold', dicrec('threshold', made.conductances, stg{:}).threshold_mv);

first = made.conductances(1, :);
fired = dicrec('simulate', made.conductances, stg{:}, 't_end_ms', 1500, 't_skip_ms', 500, 'solver', 'ensemble');
put('08_simulate', counted(fired.spikes));
noisy = dicrec('simulate', first, stg{:}, 't_end_ms', 1500, 'noise_std', 5, 'seed', 4, 'solver', 'cvode');
put('09_noisy', counted(noisy.spikes));
traced = dicrec('simulate', first, stg{:}, 't_end_ms', 100, 'solver', 'cvode', 'trace', 'currents', 'trace_dt_ms', 0.5);
put('10_trace', traced.traces{1});
