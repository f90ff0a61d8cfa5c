using System.Buffers.Binary;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Capture.Live.Processes;

/// <summary>Asks the kernel which socket has a 4-tuple (sock_diag(7)): a look-up, not a walk through all sockets.</summary>
internal sealed unsafe partial class SocketDiagnosis : IDisposable
{
    private const int Netlink = 16;
    private const int RawCloseOnExec = 3 | 0x80000;
    private const int SockDiagProtocol = 4;
    private const ushort ByFamily = 20;
    private const ushort Request = 1;
    private const byte Tcp = 6;
    private const byte Ipv4Family = 2;
    private const byte Ipv6Family = 10;
    private const byte Listening = 10;

    // struct nlmsghdr, then struct inet_diag_req_v2, of which struct inet_diag_sockid is the last 48 octets; the answer
    // has struct inet_diag_msg there.
    private const int HeaderOctets = 16;
    private const int RequestOctets = HeaderOctets + 8 + 48;
    private const int TypeOffset = 4;
    private const int SourcePortOffset = HeaderOctets + 8;
    private const int SourceOffset = SourcePortOffset + 4;
    private const int DestinationOffset = SourceOffset + 16;
    private const int CookieOffset = DestinationOffset + 16 + 4;
    private const int StateOffset = HeaderOctets + 1;
    private const int InodeOffset = HeaderOctets + 4 + 48 + 16;
    private const int AnswerOctets = InodeOffset + 4;

    private readonly int _socket = socket(Netlink, RawCloseOnExec, SockDiagProtocol);

    /// <summary>
    /// The inode of the socket at <paramref name="local"/> that talks to <paramref name="remote"/>, or else of one that
    /// listens there; 0 without one, or where it has been closed.
    /// </summary>
    public uint InodeOf(in Endpoint local, in Endpoint remote, out bool isListener)
    {
        isListener = false;
        Span<byte> message = stackalloc byte[1024];
        message.Clear();
        Write(message, local, remote);
        int length;
        fixed (byte* octets = message)
        {
            if (_socket < 0 || send(_socket, octets, RequestOctets, 0) != RequestOctets)
            {
                return 0;
            }

            length = (int)recv(_socket, octets, (nuint)message.Length, 0);
        }

        if (length < AnswerOctets || BinaryPrimitives.ReadUInt16LittleEndian(message[TypeOffset..]) != ByFamily)
        {
            return 0;
        }

        isListener = message[StateOffset] == Listening;
        return BinaryPrimitives.ReadUInt32LittleEndian(message[InodeOffset..]);
    }

    public void Dispose()
    {
        if (_socket >= 0)
        {
            _ = close(_socket);
        }
    }

    private static void Write(Span<byte> message, in Endpoint local, in Endpoint remote)
    {
        BinaryPrimitives.WriteInt32LittleEndian(message, RequestOctets);
        BinaryPrimitives.WriteUInt16LittleEndian(message[TypeOffset..], ByFamily);
        BinaryPrimitives.WriteUInt16LittleEndian(message[(TypeOffset + 2)..], Request);
        message[HeaderOctets] = local.Address.IsIpv4 ? Ipv4Family : Ipv6Family;
        message[HeaderOctets + 1] = Tcp;
        message.Slice(HeaderOctets + 4, sizeof(uint)).Fill(0xff);
        BinaryPrimitives.WriteUInt16BigEndian(message[SourcePortOffset..], local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(message[(SourcePortOffset + 2)..], remote.Port);
        Write(message[SourceOffset..], local.Address);
        Write(message[DestinationOffset..], remote.Address);
        message.Slice(CookieOffset, 2 * sizeof(uint)).Fill(0xff);
    }

    private static void Write(Span<byte> octets, in Address address)
    {
        if (address.IsIpv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(octets, unchecked((uint)address.Low));
        }
        else
        {
            address.CopyTo(octets);
        }
    }

    [LibraryImport("libc")]
    private static partial int socket(int family, int type, int protocol);

    [LibraryImport("libc")]
    private static partial nint send(int socket, byte* octets, nuint length, int flags);

    [LibraryImport("libc")]
    private static partial nint recv(int socket, byte* octets, nuint length, int flags);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
