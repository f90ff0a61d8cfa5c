using System.Buffers;
using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Http.Http2.Hpack;

/// <summary>Decodes the field blocks of one sender, in their order (RFC 7541 §3).</summary>
/// <remarks>
/// <code>
/// 1 index(7+)                          indexed field                              §6.1
/// 0 1 index(6+) [name] value           literal, which is added to the table       §6.2.1
/// 0 0 1 size(5+)                       the table's new size                       §6.3
/// 0 0 0 0 index(4+) [name] value       literal                                    §6.2.2
/// 0 0 0 1 index(4+) [name] value       literal that no hop may index              §6.2.3
/// </code>
/// An index of 0 means that the name follows as a string: H length(7+) octets, H for Huffman (§5.2).
/// </remarks>
internal sealed class HpackDecoder(HttpLimits limits)
{
    private readonly DynamicTable _table = new();

    /// <summary>SETTINGS_HEADER_TABLE_SIZE of the other end, the most that it ever allowed; -1 where its settings were not seen.</summary>
    public int AllowedTableSize { get; set; } = DynamicTable.InitialSize;

    /// <summary>Field blocks may have been missed: what they put into the table is not known.</summary>
    public void Forget() => _table.Forget();

    /// <summary>
    /// Decodes a whole block. Where it breaks off, what was decoded before is in the list, and the table is not to be
    /// relied on: it is forgotten.
    /// </summary>
    /// <param name="fields">Cleared first. Fields beyond <see cref="HttpLimits.HeadOctets"/> are not kept.</param>
    public HpackOutcome Decode(ReadOnlySpan<byte> block, List<HpackField> fields)
    {
        fields.Clear();
        var outcome = HpackOutcome.None;
        var size = 0;
        while (!block.IsEmpty)
        {
            if ((block[0] & 0xE0) == 0x20)
            {
                if (!TryResize(ref block, ref outcome))
                {
                    return Broken(outcome);
                }

                continue;
            }

            if (!TryTakeField(ref block, out var field))
            {
                return Broken(outcome);
            }

            // A block of one-octet references to one large field is small, and its list is not.
            size = Math.Min(int.MaxValue / 2, size + field.Size);
            if (size > limits.HeadOctets)
            {
                outcome |= HpackOutcome.TooLong;
                continue;
            }

            outcome |= field.Unknown == UnknownParts.None ? HpackOutcome.None : HpackOutcome.Unknown;
            fields.Add(field);
        }

        return outcome;
    }

    private HpackOutcome Broken(HpackOutcome outcome)
    {
        _table.Forget();
        return outcome | HpackOutcome.Broken;
    }

    private bool TryResize(ref ReadOnlySpan<byte> block, ref HpackOutcome outcome)
    {
        if (!HpackInteger.TryTake(ref block, 5, out var size))
        {
            return false;
        }

        // RFC 7541 §6.3: larger than the other end allows is a decoding error. The encoder does it, so it is followed.
        outcome |= AllowedTableSize >= 0 && size > AllowedTableSize ? HpackOutcome.TableTooLarge : HpackOutcome.None;
        _table.Resize(size, limits.FieldTableOctets);
        return true;
    }

    private bool TryTakeField(ref ReadOnlySpan<byte> block, out HpackField field)
    {
        var first = block[0];
        if ((first & 0x80) != 0)
        {
            field = default;
            return HpackInteger.TryTake(ref block, 7, out var whole) && TryFind(whole, out field);
        }

        var isAdded = (first & 0x40) != 0;
        if (!TryTakeLiteral(ref block, isAdded ? 6 : 4, out field))
        {
            return false;
        }

        if (isAdded)
        {
            _table.Add(field);
        }

        return true;
    }

    private bool TryTakeLiteral(ref ReadOnlySpan<byte> block, int prefix, out HpackField field)
    {
        field = default;
        if (!HpackInteger.TryTake(ref block, prefix, out var index))
        {
            return false;
        }

        byte[]? name;
        var unknown = UnknownParts.None;
        if (index == 0)
        {
            if (!TryTakeString(ref block, out name))
            {
                return false;
            }
        }
        else
        {
            if (!TryFind(index, out var named))
            {
                return false;
            }

            name = named.Name;
            unknown = named.Unknown & UnknownParts.Name;
        }

        if (!TryTakeString(ref block, out var value))
        {
            return false;
        }

        field = new HpackField(name, value, unknown);
        return true;
    }

    /// <summary>RFC 7541 §2.3.3: the static table, and then the dynamic one, in one range of indices.</summary>
    private bool TryFind(int index, out HpackField field)
    {
        field = default;
        if (index == 0)
        {
            return false;
        }

        if (index <= StaticTable.Length)
        {
            field = StaticTable.At(index);
            return true;
        }

        var place = index - StaticTable.Length - 1;
        if (place < _table.Count)
        {
            field = _table[place];
            return true;
        }

        if (!_table.HasUnknown)
        {
            return false;
        }

        var mark = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<dyn {index}>"));
        field = new HpackField(mark, mark, UnknownParts.Both);
        return true;
    }

    private static bool TryTakeString(ref ReadOnlySpan<byte> block, out byte[] text)
    {
        text = [];
        var isHuffman = !block.IsEmpty && (block[0] & 0x80) != 0;
        if (!HpackInteger.TryTake(ref block, 7, out var length) || length > block.Length)
        {
            return false;
        }

        var octets = block[..length];
        block = block[length..];
        if (!isHuffman)
        {
            text = octets.ToArray();
            return true;
        }

        var room = ArrayPool<byte>.Shared.Rent(HuffmanCode.MostDecoded(length));
        var decoded = HuffmanCode.TryDecode(octets, room, out var decodedLength);
        text = decoded ? room.AsSpan(0, decodedLength).ToArray() : [];
        ArrayPool<byte>.Shared.Return(room);
        return decoded;
    }
}

/// <summary>What was out of the ordinary about a field block.</summary>
[Flags]
internal enum HpackOutcome : byte
{
    None = 0,

    /// <summary>It refers to fields that were not seen.</summary>
    Unknown = 1,

    /// <summary>Its list is longer than is kept.</summary>
    TooLong = 2,

    /// <summary>The table is larger than the other end allows (RFC 7541 §6.3).</summary>
    TableTooLarge = 4,

    /// <summary>It cannot be decoded from some octet on (COMPRESSION_ERROR).</summary>
    Broken = 8,
}
