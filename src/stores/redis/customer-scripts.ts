/** The Lua behind Stripe's customers: what must be one step runs inside Redis. */
import { script } from './connect.ts';

/**
 * KEYS: the customer, the part's customers. ARGV: id, owner, payer ('' for none), whether it is managed ('1').
 * Answers owner, payer and whether it was managed before ('' for none).
 */
export const assignScript = script(`
local before = redis.call('HMGET', KEYS[1], 'owner', 'payer', 'managed')
redis.call('HSET', KEYS[1], 'owner', ARGV[2])
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], 'payer')
else
  redis.call('HSET', KEYS[1], 'payer', ARGV[3])
end
if ARGV[4] == '1' then
  redis.call('HSET', KEYS[1], 'managed', '1')
elseif before[1] ~= ARGV[2] or before[2] ~= ARGV[3] then
  redis.call('HDEL', KEYS[1], 'managed')
end
redis.call('ZADD', KEYS[2], 0, ARGV[1])
return { before[1] or '', before[2] or '', before[3] or '' }
`);

/** KEYS[1]: the customer. ARGV: its owner. Answers whether it is that owner's. */
export const manageScript = script(`
local holders = redis.call('HMGET', KEYS[1], 'owner', 'payer')
if holders[1] ~= ARGV[1] then
  return 0
end
if holders[2] then
  redis.call('HSET', KEYS[1], 'managed', '1')
end
return 1
`);

/** KEYS[1]: the customer. ARGV: from, to. Answers owner, payer and whether it was managed before ('' for none). */
export const passOnScript = script(`
local before = redis.call('HMGET', KEYS[1], 'owner', 'payer', 'managed')
if before[1] == ARGV[1] or before[2] == ARGV[1] then
  if before[3] and before[1] ~= ARGV[2] then
    redis.call('HSET', KEYS[1], 'payer', ARGV[2])
  else
    redis.call('HSET', KEYS[1], 'owner', ARGV[2])
    redis.call('HDEL', KEYS[1], 'payer', 'managed')
  end
end
return { before[1] or '', before[2] or '', before[3] or '' }
`);

/** KEYS: the customer, the part's customers. ARGV: id. Answers owner and payer before ('' for none). */
export const forgetScript = script(`
local before = redis.call('HMGET', KEYS[1], 'owner', 'payer')
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return { before[1] or '', before[2] or '' }
`);

/** KEYS: the part's last ticket, the customer. ARGV: what it must be above. As a text, which no number is cut short in. */
export const drawTicketScript = script(`
local drawn = tonumber(redis.call('GET', KEYS[1]) or '0')
local kept = tonumber(redis.call('HGET', KEYS[2], 'ticket') or '0')
local ticket = string.format('%.0f', math.max(drawn, kept, tonumber(ARGV[1])) + 1)
redis.call('SET', KEYS[1], ticket)
return ticket
`);

/** KEYS[1]: the customer. ARGV: ticket, JSON, when it was read. Answers whether it is kept; nobody's customer isn't. */
export const putStateScript = script(`
local there = redis.call('HMGET', KEYS[1], 'owner', 'ticket')
if not there[1] or tonumber(there[2] or '0') > tonumber(ARGV[1]) then
  return 0
end
redis.call('HSET', KEYS[1], 'ticket', ARGV[1], 'state', ARGV[2], 'readAt', ARGV[3])
return 1
`);

/** KEYS[1]: the customer. ARGV: the run. Answers owner and payer ('' for none); nobody's customer is left out. */
export const markSweptScript = script(`
local holders = redis.call('HMGET', KEYS[1], 'owner', 'payer')
if holders[1] then
  redis.call('HSET', KEYS[1], 'sweptBy', ARGV[1])
end
return { holders[1] or '', holders[2] or '' }
`);
