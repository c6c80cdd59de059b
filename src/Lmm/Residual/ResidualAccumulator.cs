using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Residual;

/// <summary>
/// One thread's sums for the derivative by the residual covariance:
/// consecutive blocks of one pattern are summed before they are turned back.
/// </summary>
internal sealed class ResidualAccumulator
{
    private readonly double[] weight;
    private readonly double[] product;
    private readonly double[] half;
    private readonly double[] byTable;
    private readonly double[] gradient;
    private int open = -1;

    /// <summary>Allocates for a model.</summary>
    public ResidualAccumulator(ResidualModel model)
    {
        var n = model.MaximumBlock;
        weight = new double[n * n];
        half = new double[n * n];
        product = new double[n * model.Width];
        Whitened = new double[n * model.Width];
        byTable = new double[model.Shape.UsesTimes ? 0 : model.Layout.Groups * model.Layout.Waves * model.Layout.Waves];
        gradient = new double[model.Parameters];
    }

    /// <summary>Room for the whitened rows of one block.</summary>
    public double[] Whitened { get; }

    /// <summary>The derivative by the tables of C.</summary>
    public ReadOnlySpan<double> ByTable => byTable;

    /// <summary>The part of the gradient that needs no table.</summary>
    public ReadOnlySpan<double> Gradient => gradient;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        open = -1;
        Array.Clear(byTable);
        Array.Clear(gradient);
    }

    /// <summary>Starts a block of a pattern; when it differs from the last one, that one is closed first.</summary>
    public void Open(int pattern, ResidualFactors factors)
    {
        if (pattern == open)
        {
            return;
        }

        Close(factors);
        open = pattern;
        weight.AsSpan().Clear();
    }

    /// <summary>Adds the lower triangle of Y S̄ Yᵀ, S̄ symmetric, for the whitened rows Y of the open block.</summary>
    public void Add(ReadOnlySpan<double> adjoint, int n, int width)
    {
        Dense.Multiply(Whitened, adjoint, n, width, width, product);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                weight[(i * n) + j] += Dense.Dot(product.AsSpan(i * width, width), Whitened.AsSpan(j * width, width));
            }
        }
    }

    /// <summary>Turns the open pattern's sum into derivatives.</summary>
    public void Close(ResidualFactors factors)
    {
        if (open >= 0)
        {
            Dense.MirrorLower(weight, factors.Model.Layout.Patterns[open].Size);
            factors.Flush(open, weight, 0, byTable, gradient, half);
            open = -1;
        }
    }

    /// <summary>Adds the derivative of the log-determinants of all patterns.</summary>
    public void AddLogDeterminants(ResidualFactors factors)
    {
        var patterns = factors.Model.Layout.Patterns;
        for (var pattern = 0; pattern < patterns.Count; pattern++)
        {
            factors.Flush(pattern, [], patterns[pattern].Subjects, byTable, gradient, half);
        }
    }
}
