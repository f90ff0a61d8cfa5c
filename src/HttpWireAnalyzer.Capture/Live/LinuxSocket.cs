using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>
/// What libpcap's packet socket on Linux (packet(7), socket(7)) can do and libpcap does not ask of it: count exactly,
/// and take no more packets while its buffer is emptied.
/// </summary>
internal static unsafe partial class LinuxSocket
{
    /// <summary>Of every network namespace (LOOPBACK_IFINDEX).</summary>
    private const uint LoopbackIndex = 1;

    private const int SolSocket = 1;
    private const int SolPacket = 263;
    private const int AttachFilter = 26;
    private const int GetFilter = 26;
    private const int Domain = 39;
    private const int PacketDomain = 17;
    private const int IgnoreOutgoing = 23;
    private const int MostInstructions = 4096;

    // SKF_AD_OFF and what is behind it: what the kernel knows of a packet beside its octets.
    private const uint PacketType = 0xfffff000 + 4;
    private const uint InterfaceIndex = 0xfffff000 + 8;
    private const uint Outgoing = 4;

    // BPF_LD|BPF_B|BPF_ABS, BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JEQ|BPF_K, BPF_RET|BPF_K.
    private const ushort LoadOctet = 0x30;
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort Return = 0x06;

    private static readonly Instruction[] Nothing = [new(Return, 0, 0, 0)];

    /// <summary>Not of netlink, as that of nflog is: its packets are messages, which no filter for packets fits.</summary>
    public static bool IsOfPackets(int socket)
    {
        var domain = 0;
        uint length = sizeof(int);
        return getsockopt(socket, SolSocket, Domain, &domain, &length) == 0 && domain == PacketDomain;
    }

    /// <summary>The filter that libpcap has attached; empty where it has none.</summary>
    public static Instruction[] FilterOf(int socket)
    {
        var program = new Instruction[MostInstructions];
        uint count = MostInstructions;
        fixed (Instruction* first = program)
        {
            return getsockopt(socket, SolSocket, GetFilter, first, &count) == 0 ? program[..(int)count] : [];
        }
    }

    /// <summary>From now on no packet goes into the buffer; those in it stay.</summary>
    public static bool TryTakeNothing(int socket) => TryAttach(socket, Nothing);

    /// <summary>
    /// Lets the kernel leave out what libpcap would only throw away after it had been counted: packets of the other
    /// direction, and of the two copies of a packet on the loopback interface the outgoing one.
    /// </summary>
    public static bool TryTakeOnly(int socket, string device, CaptureDirection direction, Instruction[] program)
    {
        var onlyIncoming = direction == CaptureDirection.In || device == "lo";
        if (onlyIncoming)
        {
            // Since Linux 4.20, and cheaper: no copy is made. The filter says the same again for older ones.
            var yes = 1;
            _ = setsockopt(socket, SolPacket, IgnoreOutgoing, &yes, sizeof(int));
        }

        Instruction[] before = direction switch
        {
            CaptureDirection.Out => [new(LoadOctet, 0, 0, PacketType), new(JumpIfEqual, 1, 0, Outgoing), .. Nothing],
            _ when onlyIncoming => [new(LoadOctet, 0, 0, PacketType), new(JumpIfEqual, 0, 1, Outgoing), .. Nothing],
            _ when device == LiveOptions.AnyInterface =>
            [
                new(LoadOctet, 0, 0, PacketType), new(JumpIfEqual, 0, 3, Outgoing),
                new(LoadWord, 0, 0, InterfaceIndex), new(JumpIfEqual, 0, 1, LoopbackIndex), .. Nothing,
            ],
            _ => [],
        };
        Instruction[] all = [new(Return, 0, 0, CaptureLimits.UsualPacketOctets)];
        return TryAttach(socket, [.. before, .. program is [] ? all : program]);
    }

    private static bool TryAttach(int socket, Instruction[] program)
    {
        fixed (Instruction* first = program)
        {
            Program attached = new() { Length = (ushort)program.Length, Instructions = first };
            return setsockopt(socket, SolSocket, AttachFilter, &attached, (uint)sizeof(Program)) == 0;
        }
    }

    [LibraryImport("libc")]
    private static partial int getsockopt(int socket, int level, int option, void* value, uint* length);

    [LibraryImport("libc")]
    private static partial int setsockopt(int socket, int level, int option, void* value, uint length);

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
