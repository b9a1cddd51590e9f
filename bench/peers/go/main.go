// Command peer is the plants service as one would write it in Go in an afternoon: net/http in front, Google's
// Firestore client behind, one Add for each POST. It is what plants-service is measured against.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"cloud.google.com/go/firestore"
	"golang.org/x/oauth2"
	"google.golang.org/api/option"
	"google.golang.org/grpc"
)

const (
	maxBody     = 16 << 10
	maxName     = 100
	maxQuantity = 1_000_000
)

type newPlant struct {
	Name     string `json:"name"`
	Quantity *int64 `json:"quantity"`
}

// plant is both the document and the reply; the id is the document's own and not one of its fields.
type plant struct {
	ID        string    `json:"id" firestore:"-"`
	Name      string    `json:"name" firestore:"name"`
	Quantity  int64     `json:"quantity" firestore:"quantity"`
	CreatedAt time.Time `json:"createdAt" firestore:"createdAt"`
}

func main() {
	listen := flag.String("listen", "127.0.0.1:8080", "address to serve HTTP on")
	endpoint := flag.String("endpoint", "firestore.googleapis.com:443", "host:port to dial")
	authority := flag.String("authority", "firestore.googleapis.com", "TLS server name and :authority")
	project := flag.String("project", "demo-plants", "Google Cloud project")
	deadline := flag.Duration("deadline", 2*time.Second, "whole budget of one request's database work")
	untilEOF := flag.Bool("until-eof", false, "end when standard input ends, as it does when the parent dies")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if *untilEOF {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}

	client, err := firestore.NewClient(ctx, *project,
		option.WithEndpoint(*endpoint),
		option.WithGRPCDialOption(grpc.WithAuthority(*authority)),
		// The emulator's administrator token: https://firebase.google.com/docs/emulator-suite/connect_firestore
		option.WithTokenSource(oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "owner"})))
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	mux := http.NewServeMux()
	mux.Handle("POST /plants", addPlant(client.Collection("plants"), *deadline))
	server := &http.Server{Addr: *listen, Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}

func addPlant(plants *firestore.CollectionRef, deadline time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
		decoder.DisallowUnknownFields()
		var body newPlant
		if err := decoder.Decode(&body); err != nil {
			var tooLarge *http.MaxBytesError
			if errors.As(err, &tooLarge) {
				problem(w, http.StatusRequestEntityTooLarge, "the body is over 16 KiB")
				return
			}
			problem(w, http.StatusBadRequest, "the body is not a plant")
			return
		}
		created := plant{Name: body.Name, Quantity: 1, CreatedAt: time.Now().UTC().Truncate(time.Microsecond)}
		if body.Quantity != nil {
			created.Quantity = *body.Quantity
		}
		if !nameIsValid(created.Name) {
			problem(w, http.StatusBadRequest, "name: 1 to 100 characters, no control characters")
			return
		}
		if created.Quantity < 0 || created.Quantity > maxQuantity {
			problem(w, http.StatusBadRequest, "quantity: 0 to 1000000")
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), deadline)
		defer cancel()
		doc, _, err := plants.Add(ctx, created)
		if err != nil {
			log.Printf("failed adding plant: %v", err)
			problem(w, http.StatusServiceUnavailable, "the database did not answer")
			return
		}
		created.ID = doc.ID
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Location", "/plants/"+doc.ID)
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(created)
	}
}

func nameIsValid(name string) bool {
	for _, r := range name {
		if unicode.IsControl(r) {
			return false
		}
	}
	length := utf8.RuneCountInString(name)
	return length >= 1 && length <= maxName
}

func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"status": status, "title": http.StatusText(status), "detail": detail})
}
