using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace HttpWireAnalyzer.Profiling;

/// <summary>Writes a method's signature again, octet for octet but for the types that it refers to (ECMA-335 II.23.2).</summary>
internal sealed class SignatureCopier(ReferenceCopier references) : ISignatureTypeProvider<ImmutableArray<byte>, object?>
{
    public ImmutableArray<byte> Copy(MethodDefinition method) => Method(method.DecodeSignature(this, null));

    public ImmutableArray<byte> GetPrimitiveType(PrimitiveTypeCode typeCode) => [(byte)typeCode];

    public ImmutableArray<byte> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Named(rawTypeKind, references.ToDefinition(handle));

    public ImmutableArray<byte> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Named(rawTypeKind, references.ToReference(handle));

    public ImmutableArray<byte> GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableArray<byte> GetSZArrayType(ImmutableArray<byte> elementType) => [(byte)SignatureTypeCode.SZArray, .. elementType];

    public ImmutableArray<byte> GetByReferenceType(ImmutableArray<byte> elementType) => [(byte)SignatureTypeCode.ByReference, .. elementType];

    public ImmutableArray<byte> GetPointerType(ImmutableArray<byte> elementType) => [(byte)SignatureTypeCode.Pointer, .. elementType];

    public ImmutableArray<byte> GetPinnedType(ImmutableArray<byte> elementType) => [(byte)SignatureTypeCode.Pinned, .. elementType];

    public ImmutableArray<byte> GetArrayType(ImmutableArray<byte> elementType, ArrayShape shape) =>
    [
        (byte)SignatureTypeCode.Array, .. elementType, .. Number(shape.Rank),
        .. Number(shape.Sizes.Length), .. shape.Sizes.SelectMany(Number),
        .. Number(shape.LowerBounds.Length), .. shape.LowerBounds.SelectMany(SignedNumber),
    ];

    public ImmutableArray<byte> GetGenericInstantiation(ImmutableArray<byte> genericType, ImmutableArray<ImmutableArray<byte>> typeArguments) =>
    [
        (byte)SignatureTypeCode.GenericTypeInstance, .. genericType,
        .. Number(typeArguments.Length), .. typeArguments.SelectMany(argument => argument),
    ];

    public ImmutableArray<byte> GetGenericMethodParameter(object? genericContext, int index) =>
        [(byte)SignatureTypeCode.GenericMethodParameter, .. Number(index)];

    public ImmutableArray<byte> GetGenericTypeParameter(object? genericContext, int index) =>
        [(byte)SignatureTypeCode.GenericTypeParameter, .. Number(index)];

    /// <summary>A modifier is written without what says class or value type.</summary>
    public ImmutableArray<byte> GetModifiedType(ImmutableArray<byte> modifier, ImmutableArray<byte> unmodifiedType, bool isRequired) =>
    [
        (byte)(isRequired ? SignatureTypeCode.RequiredModifier : SignatureTypeCode.OptionalModifier),
        .. modifier.AsSpan()[1..], .. unmodifiedType,
    ];

    public ImmutableArray<byte> GetFunctionPointerType(MethodSignature<ImmutableArray<byte>> signature) =>
        [(byte)SignatureTypeCode.FunctionPointer, .. Method(signature)];

    private static ImmutableArray<byte> Method(MethodSignature<ImmutableArray<byte>> signature) =>
    [
        signature.Header.RawValue,
        .. signature.Header.IsGeneric ? Number(signature.GenericParameterCount) : [],
        .. Number(signature.ParameterTypes.Length), .. signature.ReturnType,
        .. signature.ParameterTypes.SelectMany(type => type),
    ];

    private static ImmutableArray<byte> Named(byte kind, TypeReferenceHandle type) =>
        [kind, .. Number(CodedIndex.TypeDefOrRefOrSpec(type))];

    private static byte[] Number(int value) => Written(builder => builder.WriteCompressedInteger(value));

    private static byte[] SignedNumber(int value) => Written(builder => builder.WriteCompressedSignedInteger(value));

    private static byte[] Written(Action<BlobBuilder> write)
    {
        BlobBuilder builder = new();
        write(builder);
        return builder.ToArray();
    }
}
