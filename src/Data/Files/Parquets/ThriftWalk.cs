namespace MarginalConditional.Data.Files.Parquets;

/// <summary>
/// Walks over a structure of Thrift's compact protocol, in which Parquet describes itself, and believes no size that its bytes cannot hold
/// and no type that a field cannot have: the library would loop over a list of billions of nothing, ask for gigabytes, or look for the end
/// of a number for ever.
/// </summary>
/// <remarks>Source: Apache Thrift, specification of the compact protocol.</remarks>
internal ref struct ThriftWalk
{
    private const int Deepest = 40;

    private readonly FileBytes file;
    private readonly ReadOnlySpan<byte> bytes;
    private readonly Dictionary<(int Outer, int Inner), long> numbers;

    /// <summary>Starts at the front of some bytes.</summary>
    internal ThriftWalk(FileBytes file, ReadOnlySpan<byte> bytes)
    {
        this.file = file;
        this.bytes = bytes;
        numbers = [];
    }

    /// <summary>The number of bytes passed.</summary>
    internal int Place { get; private set; }

    /// <summary>Passes over one structure.</summary>
    /// <param name="shape">What its fields have to be; null when that is not known.</param>
    /// <exception cref="InputException">A size is larger than what is left, or a field of another type.</exception>
    internal void Pass(ThriftShape? shape = null) => Structure(0, 0, shape);

    /// <summary>A whole number of the structure passed: a field of its own, or one of a structure in it; null if there is none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="inner">The field of the structure in the field; 0 when the field is a number itself.</param>
    internal readonly long? Number(int field, int inner = 0) => numbers.TryGetValue((field, inner), out var value) ? value : null;

    private void Structure(int depth, int outer, ThriftShape? shape)
    {
        if (depth > Deepest)
        {
            throw Wrong();
        }

        var field = 0;
        while (true)
        {
            var head = Byte();
            if (head == 0)
            {
                return;
            }

            field = (short)((head >> 4) == 0 ? Signed() : field + (head >> 4));
            var key = depth == 0 ? (field, 0) : depth == 1 ? (outer, field) : (-1, -1);
            Value(head & 0x0F, depth, key, shape?.Field(field));
        }
    }

    private void Value(int type, int depth, (int Outer, int Inner) key, ThriftShape? shape)
    {
        if (shape is not null && !shape.Allows(type))
        {
            throw Wrong();
        }

        switch (type)
        {
            case 1 or 2:
                break;
            case 3:
                Byte();
                break;
            case 4 or 5 or 6:
                numbers[key] = Signed();
                break;
            case 7:
                Skip(8);
                break;
            case 8:
                Skip((long)Math.Min(Unsigned(), long.MaxValue));
                break;
            case 9 or 10:
                var list = Byte();
                Elements((list >> 4) == 15 ? Unsigned() : (ulong)(list >> 4), list & 0x0F, 0, depth, shape?.Element);
                break;
            case 11:
                var count = Unsigned();
                var types = count == 0 ? 0 : Byte();
                Elements(count, types >> 4, types & 0x0F, depth, null);
                break;
            case 12:
                Structure(depth + 1, key.Outer, shape);
                break;
            default:
                throw Wrong();
        }
    }

    /// <summary>Elements of a list, or pairs of a map; a truth value takes a byte here, and none as a field.</summary>
    private void Elements(ulong count, int first, int second, int depth, ThriftShape? shape)
    {
        if (count > (ulong)(bytes.Length - Place) || depth > Deepest)
        {
            throw Wrong();
        }

        for (var i = 0UL; i < count; i++)
        {
            Element(first, depth, shape);
            if (second > 0)
            {
                Element(second, depth, null);
            }
        }
    }

    private void Element(int type, int depth, ThriftShape? shape)
    {
        if (type is 1 or 2 && shape?.Allows(type) != false)
        {
            Byte();
        }
        else
        {
            Value(type, depth + 1, (-1, -1), shape);
        }
    }

    private int Byte() => Place < bytes.Length ? bytes[Place++] : throw Wrong();

    private void Skip(long count) => Place = count >= 0 && count <= bytes.Length - Place ? Place + (int)count : throw Wrong();

    private long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var one = (ulong)Byte();
            value |= shift < 64 ? (one & 0x7F) << shift : 0;
            if (one < 0x80)
            {
                return value;
            }
        }

        throw Wrong();
    }

    private readonly InputException Wrong() => file.Broken("its description of itself does not fit into it");
}
