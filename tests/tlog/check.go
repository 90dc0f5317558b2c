// A second reader of our logs: checkpoints, receipts, consistency proofs and tiles, with the note and tlog packages that
// Go's module database is checked with (Debian: golang-golang-x-mod-dev). A test, not a program of Resvalv.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run check.go FOLDER     FOLDER: what valv_tlog_samples wrote
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8
const nonceBytes = 32

var folder string
var failures int

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func expect(holds bool, format string, values ...any) {
	if !holds {
		failures++
		fmt.Fprintf(os.Stderr, "FAILED: "+format+"\n", values...)
	}
}

func read(path ...string) []byte {
	octets, err := os.ReadFile(filepath.Join(append([]string{folder}, path...)...))
	must(err)
	return octets
}

func names(path string) []string {
	entries, err := os.ReadDir(filepath.Join(folder, path))
	must(err)
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return all
}

func hashOf(text string) tlog.Hash {
	hash, err := tlog.ParseHash(text)
	must(err)
	return hash
}

// Signature by the log's key, and the three lines of a C2SP checkpoint.
func openCheckpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint: %q", opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: hashOf(lines[2])}, nil
}

type receipt struct {
	leaf       tlog.Hash
	index      int64
	proof      tlog.RecordProof
	checkpoint []byte
}

// c2sp.org/tlog-proof@v1 with extra = r ‖ event (docs/formats.md section 9).
func parseReceipt(text []byte) receipt {
	head, checkpoint, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		must(fmt.Errorf("not a tlog-proof: %q", text))
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err)
	commitment := hmac.New(sha256.New, extra[:nonceBytes])
	commitment.Write(extra[nonceBytes:])
	parsed := receipt{checkpoint: checkpoint}
	parsed.leaf = tlog.RecordHash(append([]byte{1}, commitment.Sum(nil)...))
	parsed.index, err = strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err)
	for _, line := range lines[3:] {
		parsed.proof = append(parsed.proof, hashOf(line))
	}
	return parsed
}

func checkReceipts(verifier note.Verifier) {
	for _, name := range names("receipts") {
		parsed := parseReceipt(read("receipts", name))
		tree, err := openCheckpoint(parsed.checkpoint, verifier)
		must(err)
		expect(tlog.CheckRecord(parsed.proof, tree.N, tree.Hash, parsed.index, parsed.leaf) == nil, "receipt %s", name)
		parsed.leaf[0] ^= 1
		expect(tlog.CheckRecord(parsed.proof, tree.N, tree.Hash, parsed.index, parsed.leaf) != nil, "receipt %s of another leaf", name)
	}
}

func checkCheckpoints(verifier note.Verifier, newest tlog.Tree) {
	for _, name := range names("checkpoints") {
		tree, err := openCheckpoint(read("checkpoints", name), verifier)
		must(err)
		expect(strconv.FormatInt(tree.N, 10) == name, "size of checkpoint %s", name)
		var proof tlog.TreeProof
		for _, line := range strings.Fields(string(read("consistency", name))) {
			proof = append(proof, hashOf(line))
		}
		if tree.N == newest.N {
			expect(len(proof) == 0 && tree.Hash == newest.Hash, "equal sizes")
			continue
		}
		expect(tlog.CheckTree(proof, newest.N, newest.Hash, tree.N, tree.Hash) == nil, "consistency from %s", name)
		tree.Hash[31] ^= 1
		expect(tlog.CheckTree(proof, newest.N, newest.Hash, tree.N, tree.Hash) != nil, "consistency from another tree of size %s", name)
	}
	changed := bytes.Replace(read("checkpoints", "256"), []byte("\n256\n"), []byte("\n257\n"), 1)
	_, err := openCheckpoint(changed, verifier)
	expect(err != nil, "a changed checkpoint")
}

type tiles struct{}

func (tiles) Height() int                              { return tileHeight }
func (tiles) SaveTiles(all []tlog.Tile, data [][]byte) {}
func (tiles) ReadTiles(all []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range all {
		// Go puts the height into the path; c2sp.org/tlog-tiles leaves it out.
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		octets, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return nil, err
		}
		data = append(data, octets)
	}
	return data, nil
}

// Proofs that Go makes itself from our tiles; its reader checks each tile against the tree.
func checkTiles(newest tlog.Tree) {
	reader := tlog.TileHashReader(newest, tiles{})
	for _, index := range []int64{0, 256, 65535, 65536, newest.N - 1} {
		proof, err := tlog.ProveRecord(newest.N, index, reader)
		must(err)
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		must(err)
		expect(tlog.CheckRecord(proof, newest.N, newest.Hash, index, hashes[0]) == nil, "tiles: record %d", index)
	}
	wrong := newest
	wrong.Hash[0] ^= 1
	_, err := tlog.ProveRecord(newest.N, 0, tlog.TileHashReader(wrong, tiles{}))
	expect(err != nil, "tiles of another tree")
}

func main() {
	folder = os.Args[1]
	verifier, err := note.NewVerifier(string(read("vkey")))
	must(err)
	newest, err := openCheckpoint(read("checkpoints", "66000"), verifier)
	must(err)
	checkCheckpoints(verifier, newest)
	checkReceipts(verifier)
	checkTiles(newest)
	if failures > 0 {
		os.Exit(1)
	}
	fmt.Printf("%d checkpoints, %d receipts and the tiles of %d entries hold\n", len(names("checkpoints")), len(names("receipts")), newest.N)
}
