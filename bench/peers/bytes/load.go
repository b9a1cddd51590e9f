package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

const (
	block    = 256 << 10
	patience = 5 * time.Second
)

type load struct {
	stop          atomic.Bool
	sent, arrived atomic.Int64
}

type result struct {
	// Megabytes, connections or messages while the time ran.
	PerSecond float64 `json:"perSecond"`
	// In all, also what was still under way.
	Units     float64 `json:"units"`
	P50Micros float64 `json:"p50Micros"`
	P99Micros float64 `json:"p99Micros"`
}

func (l *load) pour(conn net.Conn) {
	from := make([]byte, block)
	for !l.stop.Load() {
		n, err := conn.Write(from)
		l.sent.Add(int64(n))
		if err != nil {
			return
		}
	}
}

func (l *load) drain(conn net.Conn) {
	into := make([]byte, block)
	for {
		n, err := conn.Read(into)
		l.arrived.Add(int64(n))
		if err != nil {
			return
		}
	}
}

// A load through an address, with so many callers, for so many seconds.
type kind func(l *load, through string, count int, time time.Duration) (result, error)

func (p *peer) measured(run kind) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		count, _ := strconv.Atoi(r.FormValue("count"))
		seconds, _ := strconv.ParseFloat(r.FormValue("seconds"), 64)
		l := &load{}
		p.load.Store(l)
		result, err := run(l, r.FormValue("through"), count, time.Duration(seconds*float64(time.Second)))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		json.NewEncoder(w).Encode(result)
	}
}

func (p *peer) dial(through string, order byte, more ...byte) (net.Conn, error) {
	conn, err := net.DialTimeout("tcp", through, patience)
	if err != nil {
		return nil, err
	}
	_, err = conn.Write(append(append(bytes.Clone(p.greeting), order), more...))
	if err != nil {
		conn.Close()
	}
	return conn, err
}

func (p *peer) stream(order byte) kind {
	return func(l *load, through string, count int, duration time.Duration) (result, error) {
		var streams sync.WaitGroup
		started := time.Now()
		for range count {
			conn, err := p.dial(through, order)
			if err != nil {
				l.stop.Store(true)
				return result{}, err
			}
			streams.Go(func() {
				defer conn.Close()
				if order == take {
					l.pour(conn)
				} else {
					l.drain(conn)
				}
			})
		}
		time.Sleep(duration - time.Since(started))
		megabytes := float64(l.arrived.Load()) / 1e6
		took := time.Since(started)
		l.stop.Store(true)
		if !finished(&streams) {
			return result{}, errors.New("a stream did not come to its end")
		}
		for end := time.Now().Add(patience); l.arrived.Load() < l.sent.Load(); time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				return result{}, fmt.Errorf("%d bytes were sent, and %d arrived", l.sent.Load(), l.arrived.Load())
			}
		}
		return result{PerSecond: megabytes / took.Seconds(), Units: float64(l.arrived.Load()) / 1e6}, nil
	}
}

func finished(streams *sync.WaitGroup) bool {
	done := make(chan struct{})
	go func() {
		streams.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-time.After(patience):
		return false
	}
}

func (p *peer) connections(l *load, through string, count int, duration time.Duration) (result, error) {
	return calls(count, duration, func() (func() error, func()) {
		answer := make([]byte, message)
		return func() error {
			conn, err := p.dial(through, echo, answer...)
			if err != nil {
				return err
			}
			defer conn.Close()
			conn.SetReadDeadline(time.Now().Add(patience))
			_, err = io.ReadFull(conn, answer)
			return err
		}, func() {}
	})
}

func (p *peer) messages(l *load, through string, count int, duration time.Duration) (result, error) {
	return calls(count, duration, func() (func() error, func()) {
		text := make([]byte, message)
		conn, err := p.dial(through, echo)
		if err != nil {
			return func() error { return err }, func() {}
		}
		conn.SetReadDeadline(time.Now().Add(duration + patience))
		return func() error {
			if _, err := conn.Write(text); err != nil {
				return err
			}
			_, err := io.ReadFull(conn, text)
			return err
		}, func() { conn.Close() }
	})
}

// Callers each of whom begins anew as soon as it was answered; any failure is that of all.
func calls(count int, duration time.Duration, caller func() (call func() error, end func())) (result, error) {
	took := make([][]float64, count)
	failures := make([]error, count)
	var callers sync.WaitGroup
	started := time.Now()
	for i := range count {
		callers.Go(func() {
			call, end := caller()
			defer end()
			for at := time.Now(); at.Sub(started) < duration; {
				if failures[i] = call(); failures[i] != nil {
					return
				}
				now := time.Now()
				took[i] = append(took[i], float64(now.Sub(at).Nanoseconds())/1e3)
				at = now
			}
		})
	}
	callers.Wait()
	seconds := time.Since(started).Seconds()
	all := []float64{}
	for _, one := range took {
		all = append(all, one...)
	}
	if err := errors.Join(failures...); err != nil {
		return result{}, err
	}
	sort.Float64s(all)
	return result{float64(len(all)) / seconds, float64(len(all)), quantile(all, 0.5), quantile(all, 0.99)}, nil
}

func quantile(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(share*float64(len(sorted)-1))]
}
