% SPDX-License-Identifier: MIT
% What is wrong is an error of Octave that says so, and costs no memory.
1;

function expect(status, text, varargin)
  try
    dicrec(varargin{:});
  catch found
    assert(strcmp(found.identifier, ['dicrec:' status]), [found.identifier ': ' found.message]);
    assert(~isempty(strfind(found.message, text)), [text ' is not in: ' found.message]);
    return
  end
  error('no %s: %s', status, text);
end

function expect_warning(status, varargin)
  lastwarn('', '');
  dicrec(varargin{:});
  [~, identifier] = lastwarn();
  assert(identifier, ['dicrec:' status]);
end

warning('off', 'backtrace');
bursts = reshape(100 + 117.3 * (0:9) + 9.2 * (0:4)', [], 1);
stg = {'model', 'stg'};
members = dicrec('generate', [-5 8], stg{:}, 'n', 2);

% Wrong types and shapes
for times = {'text', {1, 2}, struct(), single(bursts), int32(bursts), sparse(bursts), bursts * 1i, ones(2, 3), ...
             ones(2, 2, 2), @sin}
  expect('E_ARGUMENT', 'expected', 'estimate', times{1}, stg{:});
end
expect('E_ARGUMENT', 'a command and its data');
expect('E_ARGUMENT', 'a command and its data', 'estimate');
expect('E_ARGUMENT', 'model: the name', 'estimate', bursts);
expect('E_ARGUMENT', '''name'', value', 'estimate', bursts, 'model');
expect('E_ARGUMENT', '''name'', value', 'estimate', bursts, 1, 2);
expect('E_ARGUMENT', '8 columns are expected', 'simulate', ones(2, 7), stg{:});
expect('E_ARGUMENT', '2 columns are expected', 'generate', 1:3, stg{:}, 'n', 2);
expect('E_ARGUMENT', '2 are expected', 'simulate', members.conductances, stg{:}, 'member_streams', 1:3);
expect('E_ARGUMENT', 'n: a whole number', 'generate', [-5 8], stg{:}, 'n', 2.5);

% Values
expect('E_SPIKES', 'spike 2 of 3 is nan', 'estimate', [1 NaN 3], stg{:});
expect('E_SPIKES', 'spike 3 of 3 is inf', 'estimate', [1 2 Inf], stg{:});
expect('E_SPIKES', 'not after the one before', 'estimate', flipud(bursts), stg{:});
expect('E_SPIKES', 'at least 3', 'reconstruct', 5, stg{:}, 'n', 2);
expect_warning('W_SILENT', 'estimate', [], stg{:});
expect_warning('W_SILENT', 'estimate', 5, stg{:});
expect('E_RANGE', 't_end_ms is -3', 'reconstruct', bursts, stg{:}, 'n', 2, 'simulate.t_end_ms', -3);
expect('E_RANGE', 'seed is -1', 'generate', [-5 8], stg{:}, 'n', 2, 'seed', -1);

% Names
expect('E_NAME', 'unknown model ''nix''', 'estimate', bursts, 'model', 'nix');
expect('E_NAME', 'there is no option ''nix'', but', 'estimate', bursts, stg{:}, 'nix', 1);
expect('E_NAME', 'there is no command ''nix'', but', 'nix', 1);
expect('E_ARGUMENT', 'target is ''nix'', allowed is', 'reconstruct', bursts, stg{:}, 'n', 2, 'target', 'nix');
expect('E_FILE', 'cannot read weights', 'estimate', bursts, stg{:}, 'estimator.weights_path', 'nix');

% Much
expect_warning('W_SUPPORT', 'estimate', 1:1e7, stg{:});

% Memory: a spike train is 80 kB, what a thousand of them would be were they kept
function kb = memory_kb()
  kb = str2double(regexp(fileread('/proc/self/status'), 'VmRSS:\s+(\d+)', 'tokens'){1}{1});
end

function fail_often()
  wrong = [1:2:20000, 1];
  for i = 1:1000
    try, dicrec('reconstruct', wrong, 'model', 'stg', 'n', 4); catch, end
    try, dicrec('generate', [-5 8], 'model', 'stg', 'n', 4, 'nix', 1); catch, end
  end
end

fail_often();
before = memory_kb();
fail_often();
grown = memory_kb() - before;
printf('%d kB more after 2,000 errors\n', grown);
assert(grown < 8000);
