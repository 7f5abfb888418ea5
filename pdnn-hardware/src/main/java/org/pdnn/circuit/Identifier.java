package org.pdnn.circuit;

import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.pdnn.names.Printable;

/// Names that may stand in Verilog: lower case, digits and underscores, no word of the language.
public final class Identifier {
  private static final int MOST = 60;

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]*");

  /// The clock and the synchronous reset, which every circuit has that needs them.
  static final String CLOCK = "clk";

  static final String RESET = "rst";

  /// The wire that reads what else nobody reads.
  static final String UNUSED = "unused";

  private static final Set<String> TAKEN =
      Set.of(
          (CLOCK
                  + " "
                  + RESET
                  + " "
                  + UNUSED
                  + " "
                  + "always and assign automatic begin buf bufif0 bufif1 case casex casez cell cmos "
                  + "config deassign default defparam design disable edge else end endcase "
                  + "endconfig endfunction endgenerate endmodule endprimitive endspecify endtable "
                  + "endtask event for force forever fork function generate genvar highz0 highz1 if "
                  + "ifnone incdir include initial inout input instance integer join large liblist "
                  + "library localparam macromodule medium module nand negedge nmos nor "
                  + "noshowcancelled not notif0 notif1 or output parameter pmos posedge primitive "
                  + "pull0 pull1 pulldown pullup pulsestyle_onevent pulsestyle_ondetect rcmos real "
                  + "realtime reg release repeat rnmos rpmos rtran rtranif0 rtranif1 scalared "
                  + "showcancelled signed small specify specparam strong0 strong1 supply0 supply1 "
                  + "table task time tran tranif0 tranif1 tri tri0 tri1 triand trior trireg uwire "
                  + "unsigned use vectored wait wand weak0 weak1 while wire wor xnor xor "
                  // SystemVerilog, whose words simulators keep too; then VHDL's and C++'s.
                  + "accept_on alias always_comb always_ff always_latch assert assume before bind "
                  + "bins binsof bit break byte chandle checker class clocking const constraint "
                  + "context continue cover covergroup coverpoint cross dist do endchecker endclass "
                  + "endclocking endgroup endinterface endpackage endprogram endproperty "
                  + "endsequence enum eventually expect export extends extern final first_match "
                  + "foreach forkjoin global iff ignore_bins illegal_bins implements implies import "
                  + "inside int interconnect interface intersect join_any join_none let local logic "
                  + "longint matches modport nettype new nexttime null package packed priority "
                  + "program property protected pure rand randc randcase randsequence ref reject_on "
                  + "restrict return s_always s_eventually s_nexttime s_until s_until_with sequence "
                  + "shortint shortreal soft solve static string strong struct super sync_accept_on "
                  + "sync_reject_on tagged this throughout timeprecision timeunit type typedef union "
                  + "unique unique0 until until_with untyped var virtual void wait_order weak "
                  + "wildcard with within architecture char double entity float long private public "
                  + "short signal switch")
              .split(" "));

  private Identifier() {}

  /// The name, if it may stand in Verilog.
  ///
  /// @throws IllegalArgumentException if not
  public static String checked(String name) {
    if (name.length() > MOST || !FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s is no name in Verilog: use at most %s lower-case letters, digits and underscores, a letter first"
              .formatted(Printable.quoted(name), MOST));
    }
    if (TAKEN.contains(name)) {
      throw new IllegalArgumentException("'%s' has a meaning of its own".formatted(name));
    }
    return name;
  }

  /// A name that may stand in Verilog for any text, such as a layer's name in a model file. Texts
  /// that differ have names that differ: capitals, signs and underscores become their code between
  /// underscores.
  ///
  /// @param prefix what it names: `layer`
  public static String of(String prefix, String text) {
    StringBuilder name = new StringBuilder(prefix).append('_');
    text.chars()
        .forEach(c -> {
          if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            name.append((char) c);
          } else {
            name.append('_').append(HexFormat.of().toHexDigits((char) c)).append('_');
          }
        });
    return checked(name.toString());
  }
}
