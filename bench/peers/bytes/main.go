// Loads what passes bytes, and is the target behind it: streams in either direction, short connections, and messages back
// and forth. One process for both ends, so that it knows what was sent and what arrived.
//
// Every connection begins with a genuine ClientHello, made by Go's TLS, for that is what a sidecar looks at; what follows is
// plain bytes. To go on in TLS would cost both ends several times what a proxy costs, and it would see no difference.
package main

import (
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"flag"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync/atomic"
)

// What the target does, by the first byte after the greeting.
const (
	take byte = iota
	give
	echo
)

const message = 64

type peer struct {
	greeting []byte
	load     atomic.Pointer[load]
}

func main() {
	name := flag.String("name", "database.example", "server name to greet with")
	untilEOF := flag.Bool("until-eof", false, "end when standard input does")
	flag.Parse()
	if *untilEOF {
		go func() {
			io.Copy(io.Discard, os.Stdin)
			os.Exit(0)
		}()
	}
	p := &peer{greeting: clientHello(*name)}
	target, api := listen(), listen()
	go func() {
		for {
			conn, err := target.Accept()
			if err != nil {
				log.Fatal(err)
			}
			go p.serve(conn)
		}
	}()
	http.HandleFunc("GET /up", p.measured(p.stream(take)))
	http.HandleFunc("GET /down", p.measured(p.stream(give)))
	http.HandleFunc("GET /connections", p.measured(p.connections))
	http.HandleFunc("GET /messages", p.measured(p.messages))
	log.Printf("target %s listening on %s", target.Addr(), api.Addr())
	log.Fatal(http.Serve(api, nil))
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener
}

// The first record that a TLS client sends.
func clientHello(name string) []byte {
	client, server := net.Pipe()
	go tls.Client(client, &tls.Config{ServerName: name}).Handshake()
	header := make([]byte, 5)
	io.ReadFull(server, header)
	record := make([]byte, binary.BigEndian.Uint16(header[3:]))
	io.ReadFull(server, record)
	server.Close()
	return append(header, record...)
}

func (p *peer) serve(conn net.Conn) {
	defer conn.Close()
	head := make([]byte, len(p.greeting)+1)
	if _, err := io.ReadFull(conn, head); err != nil {
		return
	}
	if !bytes.Equal(head[:len(p.greeting)], p.greeting) {
		log.Fatal("a greeting did not arrive as it was sent")
	}
	switch head[len(p.greeting)] {
	case take:
		p.load.Load().drain(conn)
	case give:
		p.load.Load().pour(conn)
	case echo:
		text := make([]byte, message)
		for {
			if _, err := io.ReadFull(conn, text); err != nil {
				return
			}
			if _, err := conn.Write(text); err != nil {
				return
			}
		}
	}
}
