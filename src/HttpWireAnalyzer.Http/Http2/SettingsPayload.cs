using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The payload of SETTINGS (RFC 9113 §6.5.1): any number of settings.</summary>
/// <remarks>
/// <code>
/// +-------------------------------+
/// |        Identifier (16)        |
/// +-------------------------------+-------------------------------+
/// |                           Value (32)                          |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct SettingsPayload
{
    public const int SettingOctets = 6;

    private readonly ReadOnlySpan<byte> _octets;

    private SettingsPayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public int Count => _octets.Length / SettingOctets;

    public (Http2SettingKind Kind, uint Value) this[int index]
    {
        get
        {
            var setting = _octets.Slice(index * SettingOctets, SettingOctets);
            return ((Http2SettingKind)BinaryPrimitives.ReadUInt16BigEndian(setting), BinaryPrimitives.ReadUInt32BigEndian(setting[2..]));
        }
    }

    /// <summary>Of the field HTTP2-Settings, which has the payload in base64url (RFC 7540 §3.2.1).</summary>
    public static bool TryDecode(string field, out SettingsPayload settings)
    {
        var octets = new byte[Base64Url.GetMaxDecodedLength(field.Length)];
        var status = Base64Url.DecodeFromChars(field, octets, out _, out var length);
        return TryParse(octets.AsSpan(0, length), out settings) && status == OperationStatus.Done;
    }

    public static bool TryParse(ReadOnlySpan<byte> payload, out SettingsPayload settings)
    {
        settings = new SettingsPayload(payload);
        return payload.Length % SettingOctets == 0;
    }
}
