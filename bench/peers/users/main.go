// A load of a bounded number of virtual users, as many tools make it: requests are due at a constant rate, each is sent by
// a user who is free, and is dropped if none is. Its time counts from when it was sent, not from when it was due.
package main

import (
	"encoding/json"
	"flag"
	"io"
	"log"
	"net/http"
	"os"
	"sort"
	"strings"
	"time"
)

const plant = `{"name":"sunflower","quantity":3}`

type user struct {
	client *http.Client
	url    string
	failed int
	took   []float64
}

func main() {
	url := flag.String("url", "", "what to POST a plant to")
	rate := flag.Int("rate", 1000, "requests due per second")
	length := flag.Duration("for", 10*time.Second, "how long they are due")
	number := flag.Int("users", 100, "requests in flight at most")
	patience := flag.Duration("patience", 10*time.Second, "of a user for an answer")
	out := flag.String("out", "", "the file for what it says of the load")
	flag.Parse()

	client := &http.Client{
		Timeout:   *patience,
		Transport: &http.Transport{MaxIdleConnsPerHost: *number},
	}
	free := make(chan *user, *number)
	for i := 0; i < *number; i++ {
		free <- &user{client: client, url: *url}
	}
	due := int(length.Seconds() * float64(*rate))
	dropped := 0
	began := time.Now()
	for n := 0; n < due; n++ {
		time.Sleep(time.Until(began.Add(time.Duration(n) * time.Second / time.Duration(*rate))))
		select {
		case one := <-free:
			go func() {
				one.ask()
				free <- one
			}()
		default:
			dropped++
		}
	}
	failed := 0
	took := []float64{}
	for i := 0; i < *number; i++ {
		one := <-free
		failed += one.failed
		took = append(took, one.took...)
	}
	sort.Float64s(took)
	said, _ := json.Marshal(map[string]any{
		"due": due, "dropped": dropped, "failed": failed, "p50Millis": quantile(took, 0.5), "p99Millis": quantile(took, 0.99),
	})
	if err := os.WriteFile(*out, said, 0o644); err != nil {
		log.Fatal(err)
	}
}

func (u *user) ask() {
	sent := time.Now()
	response, err := u.client.Post(u.url, "application/json", strings.NewReader(plant))
	if err != nil {
		u.failed++
		return
	}
	io.Copy(io.Discard, response.Body)
	response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		u.failed++
	}
	u.took = append(u.took, float64(time.Since(sent))/float64(time.Millisecond))
}

func quantile(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(share*float64(len(sorted)-1))]
}
