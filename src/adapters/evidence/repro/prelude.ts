/** Dials once from a pod of ours: the answer's identity tells who gave it. Arguments: host, port, protocol. */
const DIAL = [
  'const [host, port, protocol] = process.argv.slice(1);',
  'const end = (words) => { console.log(words); process.exit(); };',
  'const by = (text) => { const name = /netproof-identity: (\\S+)/.exec(text); return name ? "open, answered by " + name[1] : "open"; };',
  'const failed = ({ code }) => end(code === "ETIMEDOUT" ? "dropped" : /^E(NOTFOUND|AI_)/.test(code) ? "unresolved" : "refused " + code);',
  'if (protocol === "UDP") {',
  '  const socket = require("dgram").createSocket(host.includes(":") ? "udp6" : "udp4");',
  '  setTimeout(() => end("dropped"), 1500);',
  '  socket.on("error", failed).on("message", (text) => end(by(text)));',
  '  socket.connect(Number(port), host, (error) => (error ? failed(error) : socket.send("netproof-probe\\n")));',
  '} else {',
  '  let up = false, text = "";',
  '  const socket = require("net").connect({ host, port: Number(port) });',
  '  setTimeout(() => end(text ? by(text) : up ? "handshake without an answer" : "dropped"), 1500);',
  '  socket.on("connect", () => { up = true; socket.write("GET / HTTP/1.0\\r\\n\\r\\n"); });',
  '  socket.on("data", (chunk) => { text += chunk; if (/netproof-identity: \\S+\\s/.test(text)) end(by(text)); });',
  '  socket.on("end", () => end(text ? by(text) : "refused, closed without an answer")).on("error", failed);',
  '}',
].join(' ');

/** What the script is made of besides the scenario: how it applies, waits, dials and judges. */
export const PRELUDE = `set -u
wrong=0
known=0
changed=0

clean_up() {
  [ "\${KEEP:-}" = 1 ] || kubectl delete namespace --wait=false $NAMESPACES >/dev/null 2>&1
}
trap clean_up EXIT
trap 'exit 130' INT TERM

give_up() {
  echo "could not find out: $*" >&2
  exit 3
}

send() { # server-side apply of what is on standard input
  kubectl apply --server-side --force-conflicts --field-manager=netproof --validate=strict -f - || give_up "apply failed"
}

wait_for_account() { # pods of a new namespace are refused before it exists
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    kubectl -n "$1" get serviceaccount default >/dev/null 2>&1 && return
    sleep 1
  done
  give_up "namespace $1 has no default ServiceAccount"
}

of_family() { # FAMILY ADDRESS...: the first address of the family
  family=$1
  shift
  for address in "$@"; do
    case "$family $address" in
      "IPv6 "*:* | "IPv4 "*.*) echo "$address"; return ;;
    esac
  done
}

pod_ip() { # NAMESPACE POD FAMILY
  of_family "$3" $(kubectl -n "$1" get pod "$2" -o 'jsonpath={.status.podIPs[*].ip}')
}

first_ip() { # NAMESPACE POD: its IPv4 address, or its IPv6 address where it has none
  address=$(pod_ip "$1" "$2" IPv4)
  echo "\${address:-$(pod_ip "$1" "$2" IPv6)}"
}

service_ip() { # NAMESPACE SERVICE FAMILY
  of_family "$3" $(kubectl -n "$1" get service "$2" -o 'jsonpath={.spec.clusterIPs[*]}')
}

network() { # ADDRESS LENGTH, IPv4: the range of that prefix length that holds the address
  IFS=. read -r a b c d <<PARTS
$1
PARTS
  mask=$(($2 == 0 ? 0 : (4294967295 << (32 - $2)) & 4294967295))
  range=$((((a << 24) | (b << 16) | (c << 8) | d) & mask))
  echo "$((range >> 24 & 255)).$((range >> 16 & 255)).$((range >> 8 & 255)).$((range & 255))/$2"
}

dial() { # METHOD NAMESPACE POD HOST PORT PROTOCOL: what an attempt came to, in words
  case $1 in
    agent) kubectl -n "$2" exec "$3" -- node -e '${DIAL}' "$4" "$5" "$6" 2>/dev/null || echo 'probe failed' ;;
    wget)
      said=$(kubectl -n "$2" exec "$3" -- wget -qO- --timeout=2 "http://$4:$5" 2>&1)
      case $said in
        *'bad address'*) echo unresolved ;;
        *refused*) echo 'refused' ;;
        *'timed out'*) echo dropped ;;
        *'exit code'*) echo "probe failed" ;;
        *) echo open ;;
      esac
      ;;
  esac
}

is() { # EXPECTED OUTCOME
  case "$1 $2" in
    'open open'* | 'closed dropped'* | 'closed refused'* | 'unresolved unresolved'*) return 0 ;;
  esac
  return 1
}

must_be_open() { # NAME, then as dial: without a policy
  name=$1
  shift
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    outcome=$(dial "$@")
    is open "$outcome" && return
    sleep 1
  done
  give_up "$name is not open without policies: $outcome"
}

attempt() { # NAME EXPECTED GRACE_SECONDS, then as dial
  name=$1 expected=$2 grace=$3
  shift 3
  at=$(($(date +%s) - changed))
  outcome=$(dial "$@")
  if [ "$outcome" = 'probe failed' ]; then
    mark='   ?   '
  elif is "$expected" "$outcome"; then
    mark='  ok   ' known=$((known + 1))
  elif [ "$at" -lt "$grace" ]; then
    mark='not yet'
  else
    mark=' WRONG ' wrong=$((wrong + 1)) known=$((known + 1))
  fi
  echo "$mark \${at} s after the change: $name is $outcome, expected $expected"
}`;
