-- Sends the requests of a file, each thread its own share of them in turn. Arguments: FILE TARGET MILLISECONDS, which a
-- connection rests before each, and up to three seconds before the first.
-- A line of the file is date, authorization and body, separated by tabs; "-" stands for no signature.
local threads = 0

function setup(thread)
    thread:set("first", threads)
    threads = threads + 1
    thread:set("step", 2)
end

function init(arguments)
    requests = {}
    for line in io.lines(arguments[1]) do
        local date, authorization, body = line:match("^(.-)\t(.-)\t(.*)$")
        local headers = { ["Content-Type"] = "application/x-amz-json-1.1", ["X-Amz-Target"] = arguments[2] }
        if date ~= "-" then
            headers["X-Amz-Date"] = date
            headers["Authorization"] = authorization
        end
        requests[#requests + 1] = wrk.format("POST", "/", headers, body)
    end
    place = first
    local pause = tonumber(arguments[3])
    if pause > 0 then
        -- All at once would be refused, and come again together.
        local calls = 0
        function delay()
            calls = calls + 1
            return calls <= 500 and math.random(0, 3000) or pause
        end
    end
end

function request()
    place = place + step
    return requests[place % #requests + 1]
end

function done(summary, latency)
    io.write(string.format(
        'RESULT {"requests": %d, "seconds": %f, "failed": %d, "p50": %f, "p95": %f, "p99": %f}\n',
        summary.requests, summary.duration / 1e6,
        summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect,
        latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3))
end
