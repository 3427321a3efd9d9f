/** The Lua that counts free reads: what must be one step runs inside Redis. */
import { script } from './connect.ts';

/** How many ARGV values each ask has. */
const valuesPerAsk = 2;

/** What the script answers first for each ask, by index. */
export const admitOutcomes = ['charged', 'known', 'available', 'exhausted', 'network-exhausted'] as const;
/** Memory is full: this read could not be written, while others of the same call could be answered. */
export const outOfMemory = 5;

/**
 * Many asks in one call. KEYS: for each ask its reads and its network's count. ARGV: for each ask the article, and in one
 * text (each value of its own costs the client more than the script pays for parting them) now, after (reads at or
 * before it no longer count; '-inf' in a calendar window), allowance, network allowance (-1: none), charge (1 or 0) and
 * how long to keep the count, milliseconds.
 *
 * Answers three numbers per ask: outcome, used, and the earliest counting read in a rolling window (0: none). Times are
 * the asker's, never the server's, so that every instance and every store counts alike.
 */
export const admitScript = script(`
local answers = {}
local function kept(reply)
  return type(reply) ~= 'table' or not reply.err
end
for i = 1, #KEYS / 2 do
  local reads, network, at = KEYS[2 * i - 1], KEYS[2 * i], (i - 1) * ${valuesPerAsk}
  local article = ARGV[at + 1]
  local now, after, most, mostNew, charge, keep =
    string.match(ARGV[at + 2], '(%S+) (%S+) (%S+) (%S+) (%S+) (%S+)')
  local allowance, networkAllowance = tonumber(most), tonumber(mostNew)
  local rolling = after ~= '-inf'
  local used = rolling and redis.call('ZCOUNT', reads, '(' .. after, '+inf') or redis.call('ZCARD', reads)
  local readAt = used > 0 and redis.call('ZSCORE', reads, article)
  local outcome
  if readAt and (not rolling or tonumber(readAt) > tonumber(after)) then
    outcome = 1
  elseif used >= allowance then
    outcome = 3
  else
    local inNetwork = used == 0 and networkAllowance >= 0
    if inNetwork and tonumber(redis.call('GET', network) or '0') >= networkAllowance then
      outcome = 4
    elseif charge == '0' then
      outcome = 2
    else
      local added = redis.pcall('ZADD', reads, now, article)
      if kept(added) then
        outcome = 0
        used = used + 1
        if rolling then
          redis.call('ZREMRANGEBYSCORE', reads, '-inf', string.format('%.0f', tonumber(after) - 3600000))
        end
        redis.call('PEXPIRE', reads, keep)
        if inNetwork then
          redis.call('INCR', network)
          redis.call('PEXPIRE', network, keep)
        end
      elseif string.sub(added.err, 1, 3) == 'OOM' then
        outcome = ${outOfMemory}
      else
        return added
      end
    end
  end
  local oldest = 0
  if rolling then
    local first = redis.call('ZRANGEBYSCORE', reads, '(' .. after, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    oldest = tonumber(first[2] or '0')
  end
  answers[3 * i - 2], answers[3 * i - 1], answers[3 * i] = outcome, used, oldest
end
return answers
`);

/**
 * KEYS[1]: the reads to add to. ARGV: after (as above), how long to keep them, then pairs of article and time. Each
 * article keeps its earliest time that still counts.
 */
export const mergeScript = script(`
local reads, after = KEYS[1], ARGV[1]
for i = 3, #ARGV, 2 do
  local article, readAt = ARGV[i], ARGV[i + 1]
  local there = redis.call('ZSCORE', reads, article)
  local counts = there and (after == '-inf' or tonumber(there) > tonumber(after))
  if not counts or tonumber(readAt) < tonumber(there) then
    redis.call('ZADD', reads, readAt, article)
  end
end
redis.call('PEXPIRE', reads, ARGV[2])
return 1
`);
