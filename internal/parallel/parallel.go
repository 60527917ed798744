// Package parallel runs functions side by side.
package parallel

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// Each runs f(0) to f(n-1), each in a goroutine of its own, and waits for them. A panic in one of them is raised again
// in the caller's goroutine, where it can be recovered.
func Each(n int, f func(i int)) {
	var wg sync.WaitGroup
	var once sync.Once
	var broke any
	for i := range n {
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					once.Do(func() { broke = fmt.Sprintf("%v\n%s", p, debug.Stack()) })
				}
			}()
			f(i)
		})
	}
	wg.Wait()
	if broke != nil {
		panic(broke)
	}
}
