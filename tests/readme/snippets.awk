# SPDX-License-Identifier: BSL-1.0
#
# Takes the ```cpp fences out of a Markdown text into OUT/N.cpp.new and a ```text fence that follows one
# (only blank lines and prose between, no other fence) into OUT/N.txt; prints "N run" or "N compile".
# The #line makes the compiler name the README. Usage: awk -v out=DIR/ -f snippets.awk README.md
function finish() {
  if (open_cpp) print number, kind;
  open_cpp = 0;
}
!fence && /^```/ {
  fence = substr($0, 4);
  if (fence == "") fence = "plain";
  if (fence == "cpp") {
    finish();
    ++number;
    open_cpp = 1;
    kind = "compile";
    target = out number ".cpp.new";
    printf "#line %d \"README.md\"\n", FNR + 1 > target;
  } else if (fence == "text" && open_cpp && kind == "compile") {
    kind = "run";
    target = out number ".txt";
    printf "" > target;
  } else {
    finish();
    target = "";
  }
  next;
}
fence && /^```/ {
  fence = "";
  if (target != "") close(target);
  if (open_cpp && kind == "run") finish();
  next;
}
fence && target != "" { print > target; }
END {
  finish();
  if (fence) {
    print FILENAME ": a fence is not closed" > "/dev/stderr";
    exit 1;
  }
}
