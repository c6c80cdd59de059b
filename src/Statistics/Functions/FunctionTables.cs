namespace MarginalConditional.Statistics.Functions;

/// <summary>
/// Functions of two numbers at many pairs: a <see cref="FunctionTable"/> for each value of the second number that many pairs share, and
/// where many pairs have values of it close together, a table between a few of them.
/// </summary>
/// <remarks>
/// Values within 6 % of one another make a strip: the functions are tabulated in the first number at eight Chebyshev points of the strip
/// and interpolated between them. Where they are analytic in the second number as far as about its own size, the error is of the order
/// 47⁻⁸ = 4e-14 of their change. Pairs that are few are computed as they are.
/// </remarks>
public sealed class FunctionTables
{
    /// <summary>So many pairs of one value make a table worth while.</summary>
    private const int FewestOfOne = 50;

    /// <summary>So many pairs of one strip do.</summary>
    private const int FewestOfStrip = 2000;

    /// <summary>The width of a strip on the logarithm of the second number.</summary>
    private const double Width = 0.06;

    /// <summary>Points across a strip.</summary>
    private const int Points = 8;

    private readonly FunctionsAt functions;
    private readonly int count;
    private readonly Dictionary<double, FunctionTable> tables = [];
    private readonly Dictionary<int, FunctionTable> strips = [];

    private FunctionTables(int count, FunctionsAt functions)
    {
        this.count = count;
        this.functions = functions;
    }

    /// <summary>All functions at one pair.</summary>
    /// <param name="argument">The argument, finite.</param>
    /// <param name="parameter">The second number.</param>
    /// <param name="values">Receives a number a function.</param>
    public delegate void FunctionsAt(double argument, double parameter, Span<double> values);

    /// <summary>Computes the functions wherever many pairs need them.</summary>
    /// <param name="count">The number of functions.</param>
    /// <param name="arguments">Where they will be asked for, n values.</param>
    /// <param name="parameters">The second number of each, n values.</param>
    /// <param name="functions">The functions.</param>
    public static FunctionTables For(int count, ReadOnlySpan<double> arguments, ReadOnlySpan<double> parameters, FunctionsAt functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        var result = new FunctionTables(count, functions);
        if (parameters.Length > 0 && parameters.IndexOfAnyExcept(parameters[0]) < 0)
        {
            result.AddTable(parameters[0], arguments);
        }
        else if (parameters.Length >= FewestOfOne)
        {
            result.Group(arguments, parameters);
        }

        return result;
    }

    /// <summary>The functions at a pair.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="parameter">The second number.</param>
    /// <param name="values">Receives a number a function.</param>
    public void At(double argument, double parameter, Span<double> values)
    {
        if (tables.TryGetValue(parameter, out var table))
        {
            table.At(argument, values);
        }
        else if (strips.Count > 0 && parameter > 0 && strips.TryGetValue(Strip(parameter), out var strip))
        {
            Interpolate(strip, argument, parameter, values);
        }
        else
        {
            functions(argument, parameter, values);
        }
    }

    private static int Strip(double parameter) => (int)Math.Floor(Math.Log(parameter) / Width);

    /// <summary>The values of the second number at the points across a strip.</summary>
    private static double Place(int strip, int point)
    {
        var (low, high) = (Math.Exp(strip * Width), Math.Exp((strip + 1) * Width));
        return ((low + high) / 2) - ((high - low) / 2 * Math.Cos(Math.PI * (point + 0.5) / Points));
    }

    private void AddTable(double parameter, ReadOnlySpan<double> arguments) => tables.Add(
        parameter, FunctionTable.For(count, arguments, (argument, values) => functions(argument, parameter, values)));

    private void Group(ReadOnlySpan<double> arguments, ReadOnlySpan<double> parameters)
    {
        var members = new Dictionary<double, List<double>>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!members.TryGetValue(parameters[i], out var own))
            {
                members.Add(parameters[i], own = []);
            }

            own.Add(arguments[i]);
        }

        foreach (var (parameter, own) in members.Where(group => group.Value.Count >= FewestOfOne))
        {
            AddTable(parameter, [.. own]);
        }

        var rest = members.Where(group => group.Value.Count < FewestOfOne && group.Key > 0 && double.IsFinite(group.Key));
        foreach (var strip in rest.GroupBy(group => Strip(group.Key)))
        {
            double[] own = [.. strip.SelectMany(group => group.Value)];
            if (own.Length >= FewestOfStrip)
            {
                strips.Add(strip.Key, FunctionTable.For(count * Points, own, (argument, values) =>
                {
                    for (var point = 0; point < Points; point++)
                    {
                        functions(argument, Place(strip.Key, point), values.Slice(point * count, count));
                    }
                }));
            }
        }
    }

    /// <summary>The barycentric formula between the points of a strip (Trefethen 2013, theorem 5.1).</summary>
    private void Interpolate(FunctionTable table, double argument, double parameter, Span<double> values)
    {
        Span<double> across = stackalloc double[count * Points];
        table.At(argument, across);
        values = values[..count];
        values.Clear();
        var strip = Strip(parameter);
        var total = 0.0;
        for (var point = 0; point < Points; point++)
        {
            var own = across.Slice(point * count, count);
            var distance = parameter - Place(strip, point);
            if (distance == 0)
            {
                own.CopyTo(values);
                return;
            }

            var weight = (point % 2 == 0 ? 1 : -1) * Math.Sin(Math.PI * (point + 0.5) / Points) / distance;
            total += weight;
            for (var f = 0; f < count; f++)
            {
                values[f] += weight * own[f];
            }
        }

        for (var f = 0; f < count; f++)
        {
            values[f] /= total;
        }
    }
}
