"""Types a line and a tab into a shell that believes it has a terminal, and prints what the line has become.

type.py bash|zsh SCRIPT LINE
"""
import os
import pty
import re
import select
import sys
import time

shell, script, line = sys.argv[1:]
SET_UP = {
    # What ^T prints is the line as the shell's editor has it.
    'bash': (['bash', '--norc', '-i'], [
        "bind 'set bell-style none'", "bind 'set enable-bracketed-paste off'",
        "bind -x '\"\\C-t\": printf \"\\nLINE<%s>\\n\" \"$READLINE_LINE\"'",
        f". '{script}'"]),
    'zsh': (['zsh', '-f', '-i'], [
        "unsetopt zle_bracketed_paste beep; PROMPT='$ '",
        f"fpath=({os.path.dirname(script)} $fpath); autoload -Uz compinit; compinit -D -u",
        "show-line() { zle -I; print -r -- \"LINE<$BUFFER>\" }; zle -N show-line; bindkey '^T' show-line",
        '' if os.path.basename(script).startswith('_') else f". '{script}'"]),
}
command, commands = SET_UP[shell]
child, terminal = pty.fork()
if child == 0:
    os.environ.update(TERM='dumb', COLUMNS='500', LINES='50')
    os.execvp(command[0], command)
os.set_blocking(terminal, False)


def read_until(pattern, seconds=20):
    text = ''
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                text += os.read(terminal, 65536).decode('utf-8', 'replace')
            except OSError:
                break
        if found := re.search(pattern, text):
            return found
    sys.exit(f'{shell} did not answer: {text!r}')


for each in commands + ['stty cols 500 -echo; echo REA""DY']:
    os.write(terminal, each.encode() + b'\n')
read_until('\nREADY\r?\n')
os.write(terminal, line.encode() + b'\t')
time.sleep(0.2)
os.write(terminal, b'\x14')
print(read_until(r'LINE<([^>\r\n]*)>').group(1))
os.kill(child, 9)
