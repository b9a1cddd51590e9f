// A service whose delay is known: it answers each request so long after it has read it, and a hundredth of them later.
// It says itself how long it took and when requests came, so that what a load generator says can be held against it.
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

type records struct {
	sync.Mutex
	all []request
}

func main() {
	delay := flag.Duration("delay", time.Millisecond, "before most answers")
	slow := flag.Duration("slow", 50*time.Millisecond, "before every hundredth answer")
	untilEOF := flag.Bool("until-eof", false, "end when standard input does")
	flag.Parse()
	if *untilEOF {
		go func() {
			io.Copy(io.Discard, os.Stdin)
			os.Exit(0)
		}()
	}
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
		if n%100 == 99 {
			time.Sleep(*slow)
		} else {
			time.Sleep(*delay)
		}
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
		json.NewEncoder(w).Encode(seen.summary(time.Duration(seconds * float64(time.Second))))
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
			took = append(took, float64(one.took)/float64(time.Millisecond))
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

func quantile(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(share*float64(len(sorted)-1))]
}
