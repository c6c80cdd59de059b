using System.Runtime.InteropServices;
using MarginalConditional.Statistics.LinearAlgebra;

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

    /// <summary>The barycentric weights of the points across a strip.</summary>
    private static readonly double[] Weights =
        [.. Enumerable.Range(0, Points).Select(point => (point % 2 == 0 ? 1 : -1) * Math.Sin(Math.PI * (point + 0.5) / Points))];

    private readonly FunctionsAt functions;
    private readonly int count;
    private readonly Dictionary<double, FunctionTable> tables = [];
    private readonly Dictionary<int, (FunctionTable Table, double[] Places)> strips = [];

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
    public void At(double argument, double parameter, Span<double> values) => At([argument], [parameter], values[..count]);

    /// <summary>The functions at many pairs; quickest where neighbours have one second number.</summary>
    /// <param name="arguments">The arguments, n values.</param>
    /// <param name="parameters">The second number of each, n values.</param>
    /// <param name="values">Receives a number a function for each pair, n rows.</param>
    public void At(ReadOnlySpan<double> arguments, ReadOnlySpan<double> parameters, Span<double> values)
    {
        Span<double> across = stackalloc double[count * Points];
        Span<double> shares = stackalloc double[Points];
        FunctionTable? table = null, strip = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i == 0 || parameters[i] != parameters[i - 1])
            {
                table = tables.GetValueOrDefault(parameters[i]);
                strip = table is null ? Shares(parameters[i], shares) : null;
            }

            var own = values.Slice(i * count, count);
            if (table is not null)
            {
                table.At(arguments[i], own);
            }
            else if (strip is not null)
            {
                strip.At(arguments[i], across);
                Combine(shares, across, own);
            }
            else
            {
                functions(arguments[i], parameters[i], own);
            }
        }
    }

    private static int Strip(double parameter) => (int)Math.Floor(Math.Log(parameter) / Width);

    /// <summary>The values of the second number at the points across a strip.</summary>
    private static double[] Places(int strip)
    {
        var (low, high) = (Math.Exp(strip * Width), Math.Exp((strip + 1) * Width));
        return [.. Enumerable.Range(0, Points).Select(point =>
            ((low + high) / 2) - ((high - low) / 2 * Math.Cos(Math.PI * (point + 0.5) / Points)))];
    }

    private static void Combine(ReadOnlySpan<double> shares, ReadOnlySpan<double> across, Span<double> values)
    {
        for (var f = 0; f < values.Length; f++)
        {
            values[f] = Dense.Dot(shares, across.Slice(f * Points, Points));
        }
    }

    private void AddTable(double parameter, ReadOnlySpan<double> arguments) => tables.Add(
        parameter, FunctionTable.For(count, arguments, (argument, values) => functions(argument, parameter, values)));

    private void Group(ReadOnlySpan<double> arguments, ReadOnlySpan<double> parameters)
    {
        var counts = new Dictionary<double, int>();
        for (var i = 0; i < parameters.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, parameters[i], out _)++;
        }

        var ofOne = new Dictionary<double, List<double>>();
        var ofStrip = new Dictionary<int, List<double>>();
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            if (counts[parameter] >= FewestOfOne)
            {
                Add(ofOne, parameter, arguments[i]);
            }
            else if (parameter > 0 && double.IsFinite(parameter))
            {
                Add(ofStrip, Strip(parameter), arguments[i]);
            }
        }

        foreach (var (parameter, own) in ofOne)
        {
            AddTable(parameter, CollectionsMarshal.AsSpan(own));
        }

        foreach (var (strip, own) in ofStrip.Where(strip => strip.Value.Count >= FewestOfStrip))
        {
            AddStrip(strip, CollectionsMarshal.AsSpan(own));
        }
    }

    private static void Add<TKey>(Dictionary<TKey, List<double>> groups, TKey key, double argument)
        where TKey : notnull
    {
        if (!groups.TryGetValue(key, out var own))
        {
            groups.Add(key, own = []);
        }

        own.Add(argument);
    }

    /// <summary>A table of each function at all points across a strip, the points of a function together.</summary>
    private void AddStrip(int strip, ReadOnlySpan<double> arguments)
    {
        var places = Places(strip);
        var table = FunctionTable.For(count * Points, arguments, (argument, values) =>
        {
            var there = new double[count];
            for (var point = 0; point < Points; point++)
            {
                functions(argument, places[point], there);
                for (var f = 0; f < count; f++)
                {
                    values[(f * Points) + point] = there[f];
                }
            }
        });
        strips.Add(strip, (table, places));
    }

    /// <summary>
    /// The strip of a second number, null without one, and by how much each of its points counts: the barycentric formula (Trefethen 2013,
    /// theorem 5.1).
    /// </summary>
    private FunctionTable? Shares(double parameter, Span<double> shares)
    {
        if (strips.Count == 0 || !(parameter > 0) || !strips.TryGetValue(Strip(parameter), out var strip))
        {
            return null;
        }

        var total = 0.0;
        for (var point = 0; point < Points; point++)
        {
            var distance = parameter - strip.Places[point];
            if (distance == 0)
            {
                shares.Clear();
                shares[point] = 1;
                return strip.Table;
            }

            shares[point] = Weights[point] / distance;
            total += shares[point];
        }

        for (var point = 0; point < Points; point++)
        {
            shares[point] /= total;
        }

        return strip.Table;
    }
}
