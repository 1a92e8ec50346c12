#!/bin/sh
# Drives `hone optimize` in real terminals of 50, 80 and 200 columns by tmux: looks at the bar while it
# runs, presses Ctrl-C in the middle, and checks that no line was wrapped and that nothing is left.
# Prints what each terminal showed. Needs tmux and python3, and a built checkout; no network.
# Not part of `mvn verify`. Exits with 1 if a check fails.
set -u
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd -P)
work=$(mktemp -d)
socket=$work/tmux
failed=0
server=''
trap 'tmux -S "$socket" kill-server 2>/dev/null; [ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

cat >"$work/tickets.hone.yaml" <<YAML
data: tickets.csv
task: Route the message.
inputs: { message: what the customer wrote }
outputs:
  intent: { one of: [DELIVERY, BILLING, LOGIN, REFUND] }
model: embedded
split: { test: 30%, seed: 1 }
YAML
python3 - "$work/tickets.csv" <<PY
import sys
labels = ["DELIVERY", "BILLING", "LOGIN", "REFUND"]
with open(sys.argv[1], "w") as out:
    out.write("message,intent\n")
    for i in range(160):
        out.write(f"message number {i} about {labels[i % 4].lower()},{labels[i % 4]}\n")
PY

check() { # what, 0 if it is so
  if [ "$2" -eq 0 ]; then echo "  ok: $1"; else echo "  FAILED: $1"; failed=1; fi
}

shown() { tmux -S "$socket" capture-pane -p -t hone; }

for columns in 50 80 200; do
  echo "== $columns columns"
  rm -f "$work/port"
  python3 "$root/benchmarks/terminal/slow_model.py" 0.3 170 4 >"$work/port" &
  server=$!
  while [ ! -s "$work/port" ]; do sleep 0.1; done
  tmux -S "$socket" -f /dev/null new-session -d -s hone -x "$columns" -y 24 \
    "cd $work && PS1='\$ ' HONE_NO_BUILD=1 exec sh"
  tmux -S "$socket" send-keys -t hone "clear; $root/hone optimize tickets --no-cache --yes --in-flight 8 --auto heavy --model openai-compatible:slow@http://127.0.0.1:$(cat "$work/port")/v1; echo exit \$?" Enter
  bars=0
  wrapped=0
  for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
    sleep 1
    line=$(shown | grep -E '\[[#-]+\]|next try|retry' | tail -n 1)
    [ -n "$line" ] && echo "  $line"
    count=$(shown | grep -cE '\[[#-]+\] +[0-9]+ %')
    [ "$count" -gt 0 ] && bars=1
    [ "$count" -gt 1 ] && wrapped=1
  done
  check "a bar was shown" $((1 - bars))
  check "never more than one" "$wrapped"
  tmux -S "$socket" send-keys -t hone C-c
  for second in 1 2 3 4 5 6 7 8 9 10 11 12; do
    shown | grep -q '^exit ' && break
    sleep 1
  done
  shown | sed 's/^/  | /' | sed -e :a -e '/^\(  | *\n*\)*$/{$d;N;ba' -e '}'
  shown | grep -q '^exit 130'
  check "exit 130 after Ctrl-C" $?
  ! shown | grep -qE '\[[#-]+\] +[0-9]+ %'
  check "nothing of the bar is left" $?
  tmux -S "$socket" kill-session -t hone
  kill "$server"
  server=''
done
exit "$failed"
