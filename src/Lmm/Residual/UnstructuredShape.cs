using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Residual;

/// <summary>Any positive definite C with C₁₁ = 1, by its Cholesky factor: row by row, the diagonal by its logarithm.</summary>
/// <remarks>With the waves in another order the first of that order has variance 1.</remarks>
internal sealed class UnstructuredShape : ResidualShape
{
    private readonly int[] order;

    /// <summary>With the waves in their own order.</summary>
    public UnstructuredShape()
        : this([])
    {
    }

    /// <summary>With the Cholesky factor of the waves in another order; empty for their own.</summary>
    private UnstructuredShape(int[] order) => this.order = order;

    /// <inheritdoc/>
    public override bool UsesTimes => false;

    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override bool AbsorbsIntercept => true;

    /// <inheritdoc/>
    public override bool StartsFromCovariance => true;

    /// <inheritdoc/>
    public override int Count(int waves) => (waves * (waves + 1) / 2) - 1;

    /// <inheritdoc/>
    public override void Evaluate(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> times,
        Span<double> matrix,
        Span<double> derivatives)
    {
        var m = times.Length;
        var factor = Factor(parameters, m);
        Dense.MultiplyTranspose(factor, factor, m, m, m, matrix);
        var k = 0;
        for (var a = 1; a < m; a++)
        {
            for (var b = 0; b <= a; b++, k++)
            {
                // dC = dL Lᵀ + L dLᵀ with dL of one entry at (a, b): row and column a of C move along column b of L.
                var derivative = derivatives.Slice(k * m * m, m * m);
                derivative.Clear();
                var wave = Wave(a);
                var slope = a == b ? factor[(wave * m) + a] : 1;
                for (var i = 0; i < m; i++)
                {
                    derivative[(wave * m) + i] += slope * factor[(i * m) + b];
                    derivative[(i * m) + wave] += slope * factor[(i * m) + b];
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void FillStart(ReadOnlySpan<double> covariance, int waves, Span<double> parameters)
    {
        var factor = new double[waves * waves];
        for (var a = 0; a < waves; a++)
        {
            for (var b = 0; b < waves; b++)
            {
                factor[(a * waves) + b] = covariance[(Wave(a) * waves) + Wave(b)];
            }
        }

        Cholesky.TryFactor(factor, waves, out _, Cholesky.Definite);
        var k = 0;
        for (var a = 1; a < waves; a++)
        {
            for (var b = 0; b < a; b++)
            {
                parameters[k++] = factor[(a * waves) + b] / factor[0];
            }

            parameters[k++] = Math.Log(factor[(a * waves) + a] / factor[0]);
        }
    }

    /// <inheritdoc/>
    public override double[] ToNatural(ReadOnlySpan<double> parameters, int waves, double scale)
    {
        var factor = Factor(parameters, waves);
        var natural = new List<double>();
        for (var a = 0; a < waves; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                natural.Add(scale * Dense.Dot(factor.AsSpan(a * waves, waves), factor.AsSpan(b * waves, waves)));
            }
        }

        return [.. natural];
    }

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> covariance)
    {
        var m = times.Length;
        var k = 0;
        for (var a = 0; a < m; a++)
        {
            for (var b = 0; b <= a; b++, k++)
            {
                covariance[(a * m) + b] = natural[k];
                covariance[(b * m) + a] = natural[k];
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names(int waves)
    {
        var names = new List<string>();
        for (var a = 1; a <= waves; a++)
        {
            for (var b = 1; b <= a; b++)
            {
                names.Add(a == b ? $"variance({a})" : $"covariance({b}, {a})");
            }
        }

        return names;
    }

    /// <inheritdoc/>
    public override int Variances(int waves) => waves;

    /// <inheritdoc/>
    public override IReadOnlyList<string> CorrelationNames(int waves) =>
        [.. Pairs(waves).Select(pair => $"rho({pair.First + 1}, {pair.Second + 1})")];

    /// <inheritdoc/>
    public override double[] Correlations(ReadOnlySpan<double> parameters, int waves)
    {
        var factor = Factor(parameters, waves);
        var c = new double[waves * waves];
        Dense.MultiplyTranspose(factor, factor, waves, waves, waves, c);
        return [.. Pairs(waves).Select(pair => c[(pair.First * waves) + pair.Second]
            / Math.Sqrt(c[pair.First * (waves + 1)] * c[pair.Second * (waves + 1)]))];
    }

    /// <inheritdoc/>
    public override (double Lowest, double Highest) CorrelationRange(int waves) => (-1, 1);

    /// <inheritdoc/>
    /// <remarks>The two waves come first: their correlation is then that of the first two rows of the factor.</remarks>
    public override ResidualShape ForCorrelation(int index, int waves)
    {
        var (first, second) = Pairs(waves).ElementAt(index);
        return new UnstructuredShape([first, second, .. Enumerable.Range(0, waves).Where(wave => wave != first && wave != second)]);
    }

    /// <inheritdoc/>
    public override int HeldParameter(int index, int waves) => 0;

    /// <inheritdoc/>
    public override bool TryHold(int index, double value, int waves, Span<double> parameters, Span<double> slopes)
    {
        parameters[0] = value / Math.Sqrt((1 - value) * (1 + value)) * Math.Exp(parameters[1]);
        slopes[1] = parameters[0];
        return double.IsFinite(parameters[0]);
    }

    private static IEnumerable<(int First, int Second)> Pairs(int waves) =>
        Enumerable.Range(1, waves - 1).SelectMany(second => Enumerable.Range(0, second).Select(first => (first, second)));

    private int Wave(int position) => order.Length == 0 ? position : order[position];

    /// <summary>The rows of the factor, each at its wave.</summary>
    private double[] Factor(ReadOnlySpan<double> parameters, int m)
    {
        var factor = new double[m * m];
        factor[Wave(0) * m] = 1;
        var k = 0;
        for (var a = 1; a < m; a++)
        {
            var row = factor.AsSpan(Wave(a) * m, m);
            for (var b = 0; b < a; b++)
            {
                row[b] = parameters[k++];
            }

            row[a] = Math.Exp(parameters[k++]);
        }

        return factor;
    }
}
