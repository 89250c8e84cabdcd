/**
 * An OCI runtime that takes the given capabilities out of a container's or exec's `process.capabilities` and becomes
 * runc. Written in Perl, whose base package every Debian has: it starts in a few milliseconds, on every exec.
 * `"capabilities":{` cannot occur inside a JSON string (its quotes would be escaped), so plain matching is safe.
 * @param runc path of the real runtime
 */
export const runtimeWrapper = (missing: readonly string[], runc: string): string => `#!/usr/bin/perl
# Made by netproof: this host's bounding set lacks ${missing.join(', ')}.
use strict;
use warnings;

my %missing = map { $_ => 1 } qw(${missing.join(' ')});
my ($file, $verb);
for my $i (0 .. $#ARGV) {
  $verb //= $1 if $ARGV[$i] =~ /^(create|run|restore|exec)$/;
  next unless defined $verb;
  my $path = $ARGV[$i] =~ /^--?(?:bundle|b|process|p)=(.*)$/ ? $1
    : $ARGV[$i] =~ /^--?(?:bundle|b|process|p)$/ ? $ARGV[$i + 1] : undef;
  $file = $verb eq 'exec' ? $path : "$path/config.json" if defined $path && !defined $file;
}
$file //= 'config.json' if defined $verb && $verb ne 'exec';
if (defined $file && -f $file) {
  local $/;
  open my $in, '<', $file or die "$file: $!";
  my $json = <$in>;
  close $in;
  $json =~ s/("capabilities"\\s*:\\s*\\{)([^{}]*)(\\})/$1 . without($2) . $3/ge;
  open my $out, '>', $file or die "$file: $!";
  print $out $json;
  close $out or die "$file: $!";
}
exec { '${runc}' } '${runc}', @ARGV or die "${runc}: $!";

# The lists of names, without the missing ones.
sub without {
  my ($lists) = @_;
  for my $name (keys %missing) {
    $lists =~ s/"$name"\\s*,//g;
    $lists =~ s/(?:,\\s*)?"$name"//g;
  }
  return $lists;
}
`;
