using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Functions;

/// <summary>
/// A few smooth functions of one number, where they are needed at many: computed at a few points of each cell of the line and
/// interpolated there, and once at each place where a cell has no more different places than points.
/// </summary>
/// <remarks>
/// Polynomials of degree 13 through the Chebyshev points of cells of width ½ (Trefethen 2013, chapter 8): where a function is analytic
/// within π/2 of the real line, the ellipse about a cell has ρ = 2π + √(4π² + 1) = 12.6 and the error is of the order ρ⁻¹⁴ = 4e-16 of its
/// size there. The order of the arguments does not matter, and any number of threads may ask a table.
/// </remarks>
public sealed class FunctionTable
{
    /// <summary>The width of a cell.</summary>
    private const double Width = 0.5;

    /// <summary>Points of a cell, one more than the degree.</summary>
    private const int Points = 14;

    /// <summary>A range of more cells is not tabulated.</summary>
    private const double MostCells = 4096;

    private static readonly double[] Places =
        [.. Enumerable.Range(0, Points).Select(k => -Math.Cos(Math.PI * (k + 0.5) / Points))];

    /// <summary>(2 − [n = 0])/N·T_n(x_k), points² numbers by n.</summary>
    private static readonly double[] Shares =
    [
        .. Enumerable.Range(0, Points * Points).Select(place => ((place / Points) is var n && n == 0 ? 1.0 : 2.0) / Points
            * Math.Cos(n * Math.PI * (Points - (place % Points) - 0.5) / Points)),
    ];

    /// <summary>T_n by powers, points² numbers by n.</summary>
    private static readonly double[] Chebyshev = FillChebyshev();

    private readonly FunctionsAt functions;
    private readonly int count;
    private readonly int width;
    private readonly double first;
    private readonly int[] used;
    private readonly double[] keys;
    private readonly double[][] numbers;

    private FunctionTable(FunctionsAt functions, int count, ReadOnlySpan<double> arguments)
    {
        this.functions = functions;
        this.count = count;
        width = (count + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
        (first, used, keys) = Occupied(arguments);
        numbers = new double[used.Length][];
        for (var cell = 0; cell < used.Length; cell++)
        {
            numbers[cell] = used[cell] > Points ? Polynomials(cell) : AtKeys(cell);
        }
    }

    /// <summary>All functions at one argument.</summary>
    /// <param name="argument">The argument, finite.</param>
    /// <param name="values">Receives a number a function.</param>
    public delegate void FunctionsAt(double argument, Span<double> values);

    /// <summary>Computes the functions wherever many arguments need them.</summary>
    /// <param name="count">The number of functions.</param>
    /// <param name="arguments">Where they will be asked for.</param>
    /// <param name="functions">The functions; called from one thread here, from any afterwards.</param>
    public static FunctionTable For(int count, ReadOnlySpan<double> arguments, FunctionsAt functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new FunctionTable(functions, count, arguments);
    }

    /// <summary>The functions at an argument.</summary>
    /// <param name="argument">One of those that the table was made for, or
    /// another: where there is no table the functions are asked.</param>
    /// <param name="values">Receives a number a function.</param>
    public void At(double argument, Span<double> values)
    {
        var place = (argument - first) / Width;
        if (!(place >= 0 && place < used.Length))
        {
            functions(argument, values);
            return;
        }

        var cell = (int)place;
        if (used[cell] > Points)
        {
            Interpolate(numbers[cell], (2 * (place - cell)) - 1, values);
            return;
        }

        var key = keys.AsSpan(cell * Points, used[cell]).IndexOf(argument);
        if (key < 0)
        {
            functions(argument, values);
            return;
        }

        numbers[cell].AsSpan(key * count, count).CopyTo(values);
    }

    private static double[] FillChebyshev()
    {
        var chebyshev = new double[Points * Points];
        (chebyshev[0], chebyshev[Points + 1]) = (1, 1);
        for (var n = 2; n < Points; n++)
        {
            for (var power = 0; power <= n; power++)
            {
                chebyshev[(n * Points) + power] =
                    (power > 0 ? 2 * chebyshev[((n - 1) * Points) + power - 1] : 0) - chebyshev[((n - 2) * Points) + power];
            }
        }

        return chebyshev;
    }

    /// <summary>Where the first cell begins, and of each cell how many different arguments it has, up to one too many, and which.</summary>
    private static (double First, int[] Used, double[] Keys) Occupied(ReadOnlySpan<double> arguments)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var argument in arguments)
        {
            (low, high) = (Math.Min(low, argument), Math.Max(high, argument));
        }

        var first = Math.Floor(low / Width) * Width;
        if (!(high >= low) || !(high - first < MostCells * Width))
        {
            return (0, [], []);
        }

        var used = new int[(int)((high - first) / Width) + 1];
        var keys = new double[used.Length * Points];
        foreach (var argument in arguments)
        {
            var cell = (int)((argument - first) / Width);
            ref var own = ref used[cell];
            if (own > Points || keys.AsSpan(cell * Points, own).Contains(argument))
            {
                continue;
            }

            if (own < Points)
            {
                keys[(cell * Points) + own] = argument;
            }

            own++;
        }

        return (first, used, keys);
    }

    private double[] AtKeys(int cell)
    {
        var values = new double[used[cell] * count];
        for (var k = 0; k < used[cell]; k++)
        {
            functions(keys[(cell * Points) + k], values.AsSpan(k * count, count));
        }

        return values;
    }

    /// <summary>The coefficients of each power of the place in a cell, a vector or more of functions each.</summary>
    private double[] Polynomials(int cell)
    {
        var values = new double[Points * count];
        for (var k = 0; k < Points; k++)
        {
            functions(first + (Width * (cell + ((1 + Places[k]) / 2))), values.AsSpan(k * count, count));
        }

        // First c_n = (2 − [n = 0])/N Σ_k f(x_k) T_n(x_k), then powers: c_n is small where the coefficients of T_n are large, so that the
        // powers keep their digits; from values to powers in one go they would not.
        var coefficients = new double[Points * width];
        var own = new double[count];
        for (var n = 0; n < Points; n++)
        {
            own.AsSpan().Clear();
            for (var k = 0; k < Points; k++)
            {
                Dense.AddScaled(Shares[(n * Points) + k], values.AsSpan(k * count, count), own);
            }

            for (var power = n % 2; power <= n; power += 2)
            {
                Dense.AddScaled(Chebyshev[(n * Points) + power], own, coefficients.AsSpan(power * width, count));
            }
        }

        return coefficients;
    }

    /// <summary>Even and odd powers apart: two short chains of products instead of a long one.</summary>
    private void Interpolate(double[] coefficients, double place, Span<double> values)
    {
        var t = Vector256.Create(place);
        var square = t * t;
        var own = MemoryMarshal.Cast<double, Vector256<double>>(coefficients);
        var vectors = own.Length / Points;
        values = values[..count];
        for (var v = 0; v < vectors; v++)
        {
            var (even, odd) = (own[((Points - 2) * vectors) + v], own[((Points - 1) * vectors) + v]);
            for (var k = Points - 4; k >= 0; k -= 2)
            {
                even = Vector256.FusedMultiplyAdd(even, square, own[(k * vectors) + v]);
                odd = Vector256.FusedMultiplyAdd(odd, square, own[((k + 1) * vectors) + v]);
            }

            var sum = Vector256.FusedMultiplyAdd(odd, t, even);
            var rest = values[(v * Vector256<double>.Count)..];
            if (rest.Length >= Vector256<double>.Count)
            {
                sum.CopyTo(rest);
                continue;
            }

            for (var f = 0; f < rest.Length; f++)
            {
                rest[f] = sum[f];
            }
        }
    }
}
