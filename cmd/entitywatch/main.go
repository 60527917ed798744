package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// stopWithin is how long a process that was told to stop may take to end in order. What has not ended by then never
// will; nothing is lost by leaving it, as nothing is lost by a kill.
const stopWithin = 9 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	leaveAfter(ctx, stop, os.Exit)
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

// leaveAfter ends the process stopWithin after the signal that ends ctx, should it still be there. stop has a second
// signal end it at once.
func leaveAfter(ctx context.Context, stop func(), exit func(code int)) {
	context.AfterFunc(ctx, func() {
		stop()
		time.AfterFunc(stopWithin, func() {
			fmt.Fprintf(os.Stderr, "something has not ended %v after the signal; it is left behind, and nothing is lost\n",
				stopWithin)
			exit(exitFailed)
		})
	})
}
