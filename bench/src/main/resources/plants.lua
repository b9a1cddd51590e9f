-- POST /plants with a name of its own in every body: wrk -t1 -s plants.lua URL -- CONNECTIONS PREFIX SECONDS [COUNT]
-- Sends for SECONDS or until COUNT requests were sent, whichever is first, then waits for what is in flight and ends wrk,
-- so that every request sent was answered and the answers can be compared with what the database holds.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long sec; long nsec; } bench_time;
  int clock_gettime(int clock, bench_time *time);
  int getpid(void);
  int kill(int pid, int signal);
]]
local MONOTONIC, SIGINT = 1, 2
local NEVER = 3600 * 1000 -- ms
local now = ffi.new("bench_time")

local function seconds()
  ffi.C.clock_gettime(MONOTONIC, now)
  return tonumber(now.sec) + tonumber(now.nsec) / 1e9
end

local connections, prefix, duration, count
local parked = 0
local head
sent = -1 -- wrk asks for one request that it never sends
started = 0
ended = 0

function init(args)
  connections = tonumber(args[1])
  prefix = args[2]
  duration = tonumber(args[3])
  count = tonumber(args[4] or math.huge)
  head = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port ..
    "\r\nContent-Type: application/json\r\nContent-Length: "
end

function request()
  sent = sent + 1
  local body = '{"name":"' .. prefix .. sent .. '","quantity":3}'
  return head .. #body .. "\r\n\r\n" .. body
end

-- Called on each connection before each request: how many ms to hold it back.
function delay()
  ended = seconds()
  if started == 0 then
    started = ended
  end
  if sent < count and ended - started < duration then
    return 0
  end
  parked = parked + 1
  if parked == connections then
    ffi.C.kill(ffi.C.getpid(), SIGINT)
  end
  return NEVER
end

local thread
function setup(t)
  thread = t
end

function done(summary, latency)
  local errors = summary.errors
  io.stderr:write(string.format(
    '{"sent":%d,"answered":%d,"refused":%d,"socketErrors":%d,"seconds":%.6f,"p50":%d,"p99":%d,"p999":%d,"max":%d}\n',
    thread:get("sent"), summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, thread:get("ended") - thread:get("started"),
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max))
end
