package org.pdnn.onednn;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import org.pdnn.sums.Summation;

/// A primitive of oneDNN and what it reads and writes, which stays as long as it does.
///
/// @param handle of `dnnl_primitive_t`
/// @param stream of its own, as it serves a thread of its own
/// @param packed the arguments as `dnnl_exec_arg_t`
record Primitive(
    Engine engine,
    MemorySegment handle,
    MemorySegment stream,
    MemorySegment packed,
    List<Engine.Argument> arguments)
    implements Summation {
  @Override
  public void run() {
    try {
      Functions.execute(handle, stream, arguments.size(), packed);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
