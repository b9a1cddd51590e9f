// Requests that begin at a fixed rate, whether or not those before them were answered. A request's time counts from when it
// was due, whatever held it up: a pause of this program, or that all connections were taken. It costs half of what a
// general client does, so that on a machine shared with its target the target meets its limit first. With -closed each
// caller's next request begins when the last was answered instead, which tells what that limit is; how late each was sent is
// then how long after the start.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type settings struct {
	address, method, path, body string
	stages                      []stage
	connections                 int
	patience, closed            time.Duration
}

// One rate after the other, without a break.
type stage struct {
	rate     int
	duration time.Duration
}

func (s stage) count() int { return int(float64(s.rate) * s.duration.Seconds()) }

func parseStages(text string) (stages []stage, err error) {
	for _, part := range strings.Split(text, ",") {
		rate, duration, found := strings.Cut(part, "x")
		one := stage{}
		if one.rate, err = strconv.Atoi(rate); err == nil && found {
			one.duration, err = time.ParseDuration(duration)
		}
		if err != nil || !found || one.rate < 1 || one.duration <= 0 {
			return nil, fmt.Errorf("%q is no stage such as 1000x10s", part)
		}
		stages = append(stages, one)
	}
	return stages, nil
}

// When each request is due, from the start.
func schedule(stages []stage) (due []time.Duration) {
	from := time.Duration(0)
	for _, s := range stages {
		for n := range s.count() {
			due = append(due, from+time.Duration(float64(n)/float64(s.rate)*float64(time.Second)))
		}
		from += s.duration
	}
	return due
}

// What came of one request: status 0 if it was sent and not answered, -1 if it could not be sent while its caller waited.
type outcome struct {
	status     int
	late, took time.Duration
}

type connection struct {
	net.Conn
	in *bufio.Reader
}

// The one used last is used next, as clients do, so that no more are open than are needed.
type pool struct {
	sync.Mutex
	address string
	idle    []*connection
}

func (p *pool) take(deadline time.Time) (*connection, error) {
	p.Lock()
	if last := len(p.idle) - 1; last >= 0 {
		c := p.idle[last]
		p.idle = p.idle[:last]
		p.Unlock()
		return c, nil
	}
	p.Unlock()
	c, err := (&net.Dialer{Deadline: deadline}).Dial("tcp", p.address)
	if err != nil {
		return nil, err
	}
	return &connection{c, bufio.NewReaderSize(c, 4096)}, nil
}

func (p *pool) giveBack(c *connection) {
	p.Lock()
	defer p.Unlock()
	p.idle = append(p.idle, c)
}

func main() {
	go endWithParent()
	var s settings
	flag.StringVar(&s.address, "address", "", "host:port")
	flag.StringVar(&s.method, "method", "POST", "")
	flag.StringVar(&s.path, "path", "/plants", "")
	flag.StringVar(&s.body, "body", "", "{n} in it is the number of the request")
	stages := flag.String("stages", "1000x10s", "requests per second x duration, one after the other")
	flag.IntVar(&s.connections, "connections", 700, "most that are open")
	flag.DurationVar(&s.patience, "patience", 5*time.Second, "of a caller, from when its request was due")
	flag.DurationVar(&s.closed, "closed", 0, "so long, without a rate, on all connections")
	output := flag.String("output", "", "a file: number, status, microseconds late and microseconds taken of each request")
	flag.Parse()
	var err error
	if s.stages, err = parseStages(*stages); err != nil {
		log.Fatal(err)
	}
	file, err := os.Create(*output)
	if err != nil {
		log.Fatal(err)
	}
	var outcomes []outcome
	if s.closed > 0 {
		outcomes = runClosed(s)
	} else {
		outcomes = run(s)
	}
	out := bufio.NewWriterSize(file, 1<<20)
	for n, o := range outcomes {
		fmt.Fprintf(out, "%d,%d,%d,%d\n", n, o.status, o.late.Microseconds(), o.took.Microseconds())
	}
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		log.Fatal(err)
	}
}

// A load that nobody waits for any more would meet whoever gets its target's port.
func endWithParent() {
	for parent := os.Getppid(); os.Getppid() == parent; {
		time.Sleep(time.Second)
	}
	os.Exit(1)
}

func run(s settings) []outcome {
	offsets := schedule(s.stages)
	outcomes := make([]outcome, len(offsets))
	connections := &pool{address: s.address}
	var next atomic.Int64
	var callers sync.WaitGroup
	start := time.Now().Add(10 * time.Millisecond)
	fmt.Println(start.UnixMilli()) // so that others can tell what happened meanwhile
	for range min(s.connections, len(outcomes)) {
		callers.Go(func() {
			for n := int(next.Add(1) - 1); n < len(outcomes); n = int(next.Add(1) - 1) {
				due := start.Add(offsets[n])
				time.Sleep(time.Until(due))
				outcomes[n] = s.request(connections, n, due)
			}
		})
	}
	callers.Wait()
	return outcomes
}

func runClosed(s settings) []outcome {
	connections := &pool{address: s.address}
	var next atomic.Int64
	var all sync.Mutex
	var outcomes []outcome
	var callers sync.WaitGroup
	start := time.Now()
	fmt.Println(start.UnixMilli())
	for range s.connections {
		callers.Go(func() {
			var mine []outcome
			for time.Since(start) < s.closed {
				o := s.request(connections, int(next.Add(1)-1), time.Now())
				o.late = time.Since(start) - o.took // there is no time at which it was due
				mine = append(mine, o)
			}
			all.Lock()
			defer all.Unlock()
			outcomes = append(outcomes, mine...)
		})
	}
	callers.Wait()
	return outcomes
}

func (s settings) request(connections *pool, n int, due time.Time) outcome {
	end := due.Add(s.patience)
	o := outcome{status: -1, late: time.Since(due)}
	if o.late < s.patience {
		if c, err := connections.take(end); err == nil {
			o.status = s.exchange(c, connections, n, end)
		}
	}
	o.took = time.Since(due)
	return o
}

func (s settings) exchange(c *connection, connections *pool, n int, end time.Time) int {
	c.SetDeadline(end)
	body := strings.Replace(s.body, "{n}", fmt.Sprint(n), 1)
	_, err := fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		s.method, s.path, s.address, len(body), body)
	if err != nil {
		c.Close()
		return 0
	}
	answer, err := http.ReadResponse(c.in, nil)
	if err != nil {
		c.Close()
		return 0
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if err != nil || answer.Close {
		c.Close()
	} else {
		connections.giveBack(c)
	}
	return answer.StatusCode
}
