// A service whose delay is known: it answers each request so long after it has read it, and a hundredth of them later; if
// it is to stall, it answers nothing for the last part of each period. It says itself how long it took and when requests
// came, and what a request would have taken whenever it came, so that what a load generator says can be held against it.
package main

import (
	"encoding/json"
	"flag"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sort"
	"strconv"
	"sync"
	"time"
)

const slot = 100 * time.Millisecond

type request struct {
	arrived time.Duration
	took    time.Duration
}

type delays struct {
	usual, slow, every, stall time.Duration
}

// How long the request of a number that arrives at a time is to take.
func (d delays) took(arrived time.Duration, number int) time.Duration {
	answered := arrived + d.usual
	if number%100 == 99 {
		answered = arrived + d.slow
	}
	if left := d.every - answered%d.every; left <= d.stall {
		answered += left
	}
	return answered - arrived
}

// What requests take that come as often at any time of a period as at any other, in ascending order.
func (d delays) whenever() []float64 {
	took := []float64{}
	for arrived := time.Duration(0); arrived < d.every; arrived += time.Millisecond {
		for number := 0; number < 100; number++ {
			took = append(took, millis(d.took(arrived, number)))
		}
	}
	sort.Float64s(took)
	return took
}

type records struct {
	sync.Mutex
	all []request
}

func main() {
	delay := flag.Duration("delay", time.Millisecond, "before most answers")
	slow := flag.Duration("slow", 50*time.Millisecond, "before every hundredth answer")
	every := flag.Duration("every", 5*time.Second, "period of the stalls")
	stall := flag.Duration("stall", 0, "at the end of each period, in which nothing is answered; 0 for none")
	untilEOF := flag.Bool("until-eof", false, "end when standard input does")
	flag.Parse()
	if *untilEOF {
		go func() {
			io.Copy(io.Discard, os.Stdin)
			os.Exit(0)
		}()
	}
	known := delays{*delay, *slow, *every, *stall}
	due := known.whenever()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	started := time.Now()
	seen := &records{all: make([]request, 0, 1<<20)}
	http.HandleFunc("POST /plants", func(w http.ResponseWriter, r *http.Request) {
		arrived := time.Since(started)
		seen.Lock()
		n := len(seen.all)
		seen.all = append(seen.all, request{arrived: arrived})
		seen.Unlock()
		time.Sleep(known.took(arrived, n))
		took := time.Since(started) - arrived
		seen.Lock()
		// The records may have been begun anew meanwhile.
		if n < len(seen.all) && seen.all[n].arrived == arrived {
			seen.all[n].took = took
		}
		seen.Unlock()
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		w.Write([]byte("{}"))
	})
	http.HandleFunc("DELETE /seen", func(w http.ResponseWriter, r *http.Request) {
		seen.Lock()
		seen.all = seen.all[:0]
		seen.Unlock()
	})
	// Of the last so many seconds before the last request came.
	http.HandleFunc("GET /seen", func(w http.ResponseWriter, r *http.Request) {
		seconds, _ := strconv.ParseFloat(r.URL.Query().Get("seconds"), 64)
		summary := seen.summary(time.Duration(seconds * float64(time.Second)))
		summary["dueP50Millis"] = quantile(due, 0.5)
		summary["dueP99Millis"] = quantile(due, 0.99)
		json.NewEncoder(w).Encode(summary)
	})
	log.Printf("listening on %s", listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

func (seen *records) summary(window time.Duration) map[string]any {
	seen.Lock()
	defer seen.Unlock()
	if len(seen.all) == 0 {
		return map[string]any{"total": 0}
	}
	end := seen.all[len(seen.all)-1].arrived / slot * slot
	from := end - window
	slots := make([]int, int(window/slot))
	took := []float64{}
	for _, one := range seen.all {
		if one.arrived >= from && one.arrived < end {
			slots[int((one.arrived-from)/slot)]++
			took = append(took, millis(one.took))
		}
	}
	sort.Float64s(took)
	sort.Ints(slots)
	return map[string]any{
		"total":      len(seen.all),
		"perSecond":  float64(len(took)) / window.Seconds(),
		"fewest":     slots[0],
		"most":       slots[len(slots)-1],
		"p50Millis":  quantile(took, 0.5),
		"p99Millis":  quantile(took, 0.99),
		"p999Millis": quantile(took, 0.999),
	}
}

func millis(d time.Duration) float64 {
	return float64(d) / float64(time.Millisecond)
}

func quantile(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(share*float64(len(sorted)-1))]
}
