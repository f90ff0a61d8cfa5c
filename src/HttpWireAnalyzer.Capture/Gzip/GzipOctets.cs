using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Capture.Octets;

namespace HttpWireAnalyzer.Capture.Gzip;

/// <summary>The octets inside a gzip file (RFC 1952), of all its members one after another.</summary>
/// <remarks><code>
/// +---+---+---+---+---+---+---+---+---+---+=======================+=======+=======+
/// |ID1|ID2|CM |FLG|     MTIME     |XFL|OS | optional fields, data | CRC32 | ISIZE |
/// +---+---+---+---+---+---+---+---+---+---+=======================+=======+=======+
/// </code></remarks>
internal sealed class GzipOctets : IOctetSource
{
    private const byte Id1 = 0x1f;
    private const byte Id2 = 0x8b;
    private const int Deflate = 8;
    private const int FixedFieldsAfterFlags = 6;
    private const int HeaderCheckFlag = 0x02;
    private const int ExtraFlag = 0x04;
    private const int NameFlag = 0x08;
    private const int CommentFlag = 0x10;

    private readonly IOctetSource _packed;
    private readonly BitReader _bits;
    private readonly Inflater _inflater;
    private uint _crc;
    private uint _size;
    private MemberPart _part;
    private bool _ended;

    /// <param name="head">The octets that were read of <paramref name="packed"/> already.</param>
    public GzipOctets(byte[] head, IOctetSource packed)
    {
        _packed = packed;
        _bits = new BitReader(head, packed);
        _inflater = new Inflater(_bits);
    }

    public OctetFault? Fault { get; private set; }

    public long Position => _packed.Position;

    public long? Length => _packed.Length;

    public static bool IsGzip(ReadOnlySpan<byte> magic) => magic.StartsWith([Id1, Id2]);

    public int Read(Span<byte> destination)
    {
        while (_inflater.Pending.IsEmpty)
        {
            if (_ended)
            {
                return 0;
            }

            Step();
        }

        var length = Math.Min(destination.Length, _inflater.Pending.Length);
        _inflater.Pending[..length].CopyTo(destination);
        _inflater.Take(length);
        _crc = Crc32.Update(_crc, destination[..length]);
        _size = unchecked(_size + (uint)length);
        return length;
    }

    public void Dispose() => _packed.Dispose();

    private void Step()
    {
        switch (_part)
        {
            case MemberPart.Header:
                BeginMember();
                break;
            case MemberPart.Data:
                Inflate();
                break;
            default:
                CheckTrailer();
                break;
        }
    }

    private void BeginMember()
    {
        var id1 = _bits.TakeOctet();
        var id2 = id1 == Id1 ? _bits.TakeOctet() : -1;
        if (id1 != Id1 || id2 != Id2)
        {
            EndOfMembers(id1);
            return;
        }

        var method = _bits.TakeOctet();
        var flags = _bits.TakeOctet();
        if (flags < 0)
        {
            CutShort("a member's header");
        }
        else if (method != Deflate)
        {
            End(CaptureRemarkKind.Damaged, "gzip method 8 (deflate)", $"method {FormatError.Number(method)}");
        }
        else if (!SkipOptionalFields(flags))
        {
            CutShort("a member's header");
        }
        else
        {
            _inflater.Reset();
            _crc = 0;
            _size = 0;
            _part = MemberPart.Data;
        }
    }

    // RFC 1952 §2.2: members follow one another with nothing between. gzip(1) ignores what is no member after one, and
    // says so unless it is padding of zeros.
    private void EndOfMembers(int id1)
    {
        _ended = true;
        if (id1 > 0)
        {
            End(CaptureRemarkKind.Odd, "another gzip member or the end", "other octets, which are passed over");
        }
    }

    private bool SkipOptionalFields(int flags)
    {
        var whole = Skip(FixedFieldsAfterFlags);
        if (whole && (flags & ExtraFlag) != 0)
        {
            var low = _bits.TakeOctet();
            var high = _bits.TakeOctet();
            whole = high >= 0 && Skip(low | (high << 8));
        }

        whole = whole && ((flags & NameFlag) == 0 || SkipText());
        whole = whole && ((flags & CommentFlag) == 0 || SkipText());
        return whole && ((flags & HeaderCheckFlag) == 0 || Skip(sizeof(ushort)));
    }

    private bool Skip(int octets)
    {
        for (var i = 0; i < octets; i++)
        {
            if (_bits.TakeOctet() < 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool SkipText()
    {
        int octet;
        do
        {
            octet = _bits.TakeOctet();
        }
        while (octet > 0);
        return octet == 0;
    }

    private void Inflate()
    {
        switch (_inflater.Step())
        {
            case InflateStatus.More:
                break;
            case InflateStatus.Finished:
                _part = MemberPart.Trailer;
                break;
            case InflateStatus.Truncated:
                CutShort("more of a gzip member");
                break;
            case InflateStatus.Damaged:
                End(CaptureRemarkKind.Damaged, "deflate data", "what no deflate stream has");
                break;
            default:
                throw new UnreachableException();
        }
    }

    // RFC 1952 §2.3.1: the CRC and the length of the unpacked data.
    private void CheckTrailer()
    {
        if (!TryTakeNumber(out var crc) || !TryTakeNumber(out var size))
        {
            CutShort("a gzip member's CRC and length");
        }
        else if (crc != _crc || size != _size)
        {
            End(
                CaptureRemarkKind.Damaged,
                string.Create(CultureInfo.InvariantCulture, $"unpacked data of CRC {crc:x8} and {size} octets"),
                string.Create(CultureInfo.InvariantCulture, $"CRC {_crc:x8} and {_size} octets"));
        }
        else
        {
            _part = MemberPart.Header;
        }
    }

    private bool TryTakeNumber(out uint number)
    {
        var whole = _bits.Ensure(32);
        number = whole ? _bits.Peek : 0;
        _bits.Drop(whole ? 32 : 0);
        return whole;
    }

    private void CutShort(string expected)
    {
        if (_packed.Fault is { } fault)
        {
            End(fault.Kind, fault.Expected, fault.Found);
        }
        else
        {
            End(CaptureRemarkKind.Truncated, expected, "the end of the file");
        }
    }

    private void End(CaptureRemarkKind kind, string expected, string found)
    {
        _ended = true;
        var where = string.Create(
            CultureInfo.InvariantCulture, $"{found} (at octet {_bits.Offset} of the packed file)");
        Fault = new OctetFault(kind, expected, where);
    }

    private enum MemberPart : byte
    {
        Header,
        Data,
        Trailer,
    }
}
