using System.Runtime.CompilerServices;

namespace MarginalConditional.Compare.Marginalization;

/// <summary>
/// τᵢ = √(zᵢᵀDzᵢ), the standard deviation the random effects add to each row's
/// linear predictor, with its slopes in θ = the Cholesky factors' entries.
/// </summary>
/// <remarks>
/// With D = LLᵀ: τ = ‖Lᵀz‖ over all terms, and ∂τ/∂L_ab = z_a (Lᵀz)_b / τ; where
/// τ = 0 the slope is set to 0 (every derivative it multiplies vanishes there).
/// </remarks>
public sealed class PredictorSpread
{
    private readonly double[] values;
    private readonly double[] slopes;

    private PredictorSpread(double[] values, double[] slopes)
    {
        this.values = values;
        this.slopes = slopes;
    }

    /// <summary>τ, n values, link scale.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The number of parameters θ over all terms.</summary>
    public int Parameters => values.Length == 0 ? 0 : slopes.Length / values.Length;

    /// <summary>∂τ/∂θ_k, n values.</summary>
    public ReadOnlySpan<double> Slope(int parameter) => slopes.AsSpan(parameter * values.Length, values.Length);

    /// <summary>Computes τ and its slopes for independent terms.</summary>
    /// <param name="rows">n.</param>
    /// <param name="blocks">The terms, in the order of θ.</param>
    public static PredictorSpread Of(int rows, IReadOnlyList<RandomEffectBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var spread = new double[rows];
        var derivatives = new double[rows * blocks.Sum(block => block.Parameters)];
        foreach (var block in blocks)
        {
            if (block.Rows != rows)
            {
                throw new ArgumentException($"A random-effects term has {block.Rows} rows, the design {rows}.", nameof(blocks));
            }

            AddSquares(block, spread);
        }

        for (var i = 0; i < rows; i++)
        {
            spread[i] = Math.Sqrt(spread[i]);
        }

        var parameter = 0;
        foreach (var block in blocks)
        {
            for (var b = 0; b < block.Dimension; b++)
            {
                var last = block.Correlated ? block.Dimension - 1 : b;
                for (var a = b; a <= last; a++)
                {
                    WriteSlope(block, a, b, spread, derivatives.AsSpan(parameter * rows, rows));
                    parameter++;
                }
            }
        }

        return new PredictorSpread(spread, derivatives);
    }

    /// <summary>τ of consecutive rows at another θ.</summary>
    /// <param name="blocks">The terms, in the order of θ; their own factors are not read.</param>
    /// <param name="theta">The entries of the factors; further values are ignored.</param>
    /// <param name="start">The first row.</param>
    /// <param name="spread">Receives τ, as many rows as it is long.</param>
    internal static void At(IReadOnlyList<RandomEffectBlock> blocks, ReadOnlySpan<double> theta, int start, Span<double> spread)
    {
        spread.Clear();
        var parameter = 0;
        foreach (var block in blocks)
        {
            for (var b = 0; b < block.Dimension; b++)
            {
                var last = block.Correlated ? block.Dimension - 1 : b;
                var entries = theta.Slice(parameter, last - b + 1);
                for (var i = 0; i < spread.Length; i++)
                {
                    var projected = 0.0;
                    for (var a = b; a <= last; a++)
                    {
                        projected += entries[a - b] * block.Column(a, start + i);
                    }

                    spread[i] += projected * projected;
                }

                parameter += entries.Length;
            }
        }

        for (var i = 0; i < spread.Length; i++)
        {
            spread[i] = Math.Sqrt(spread[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSquares(RandomEffectBlock block, double[] squares)
    {
        for (var b = 0; b < block.Dimension; b++)
        {
            for (var i = 0; i < squares.Length; i++)
            {
                var projected = Projected(block, b, i);
                squares[i] += projected * projected;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteSlope(RandomEffectBlock block, int a, int b, double[] spread, Span<double> slope)
    {
        for (var i = 0; i < spread.Length; i++)
        {
            slope[i] = spread[i] == 0 ? 0 : block.Column(a, i) * Projected(block, b, i) / spread[i];
        }
    }

    /// <summary>(Lᵀz)_b of a row.</summary>
    private static double Projected(RandomEffectBlock block, int b, int row)
    {
        var sum = 0.0;
        for (var a = b; a < block.Dimension; a++)
        {
            sum += block.Factor(a, b) * block.Column(a, row);
        }

        return sum;
    }
}
