namespace MarginalConditional.Data.Files.Parquets;

/// <summary>What a value of Thrift's compact protocol has to be, where it is known: its type, and what a list or structure holds.</summary>
internal sealed class ThriftShape
{
    private readonly int[] types;
    private readonly IReadOnlyDictionary<int, ThriftShape> fields;

    private ThriftShape(int[] types, ThriftShape? element = null, IReadOnlyDictionary<int, ThriftShape>? fields = null)
    {
        this.types = types;
        Element = element;
        this.fields = fields ?? new Dictionary<int, ThriftShape>();
    }

    /// <summary>A whole number, of any size: all are written alike.</summary>
    internal static ThriftShape Whole { get; } = new([4, 5, 6]);

    /// <summary>A whole number of one byte.</summary>
    internal static ThriftShape Small { get; } = new([3]);

    /// <summary>A truth value.</summary>
    internal static ThriftShape Truth { get; } = new([1, 2]);

    /// <summary>Text or other bytes.</summary>
    internal static ThriftShape Bytes { get; } = new([8]);

    /// <summary>What each value of a list is; null for values that are no list.</summary>
    internal ThriftShape? Element { get; }

    /// <summary>A list.</summary>
    internal static ThriftShape ListOf(ThriftShape element) => new([9, 10], element);

    /// <summary>A structure with the fields that are known; others may be anything.</summary>
    internal static ThriftShape Of(params (int Field, ThriftShape Shape)[] fields) =>
        new([12], fields: fields.ToDictionary(field => field.Field, field => field.Shape));

    /// <summary>A structure whose first fields are all whole numbers.</summary>
    internal static ThriftShape OfWhole(int count) =>
        Of([.. Enumerable.Range(1, count).Select(field => (field, Whole))]);

    /// <summary>Whether a value of a type of the protocol may stand here.</summary>
    internal bool Allows(int type) => types.Contains(type);

    /// <summary>What a field has to be; null for one that is not known.</summary>
    internal ThriftShape? Field(int field) => fields.GetValueOrDefault(field);
}
