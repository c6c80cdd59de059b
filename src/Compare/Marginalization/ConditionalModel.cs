using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Marginalization;

/// <summary>
/// What a mixed model says about the rows of a design: g(E[y | b]) = Xβ + offset + Zb
/// with b normal, and perhaps excess zeros beside. From plain arrays, so a truth can be given as well as a fit. Immutable.
/// </summary>
public sealed class ConditionalModel
{
    private readonly double[] coefficients;
    private readonly double[] offset;
    private readonly double[] rowWeights;
    private readonly IReadOnlyList<RandomEffectBlock> blocks;

    /// <summary>Copies the arrays.</summary>
    /// <param name="design">X, n×p.</param>
    /// <param name="link">g.</param>
    /// <param name="coefficients">β, p values, link scale.</param>
    /// <param name="blocks">The random-effects terms with the Cholesky factors of their covariances; empty means no random effects.</param>
    /// <param name="offset">n values on the link scale, or empty when all are 0.</param>
    /// <param name="rowWeights">How often each row counts, n values (trials times prior weights), or empty when all count once.</param>
    public ConditionalModel(
        DesignMatrix design,
        Link link,
        double[] coefficients,
        IReadOnlyList<RandomEffectBlock> blocks,
        double[]? offset = null,
        double[]? rowWeights = null)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentNullException.ThrowIfNull(blocks);
        if (coefficients.Length != design.Columns)
        {
            throw new ArgumentException(
                $"The design has {design.Columns} columns, but there are {coefficients.Length} coefficients.",
                nameof(coefficients));
        }

        Design = design;
        Link = link;
        Mean = MarginalMean.For(link);
        this.coefficients = [.. coefficients];
        this.blocks = [.. blocks];
        this.offset = [.. offset ?? []];
        this.rowWeights = [.. rowWeights ?? []];
        Spread = PredictorSpread.Of(design.Rows, blocks);
    }

    /// <summary>X, n×p.</summary>
    public DesignMatrix Design { get; }

    /// <summary>g.</summary>
    public Link Link { get; }

    /// <summary>β, p values, link scale.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>The offset on the link scale, n values, or empty.</summary>
    public ReadOnlySpan<double> Offset => offset;

    /// <summary>How often each row counts, n values, or empty.</summary>
    public ReadOnlySpan<double> RowWeights => rowWeights;

    /// <summary>τ of every row and its slopes in θ.</summary>
    public PredictorSpread Spread { get; }

    /// <summary>The integral that belongs to the link.</summary>
    public MarginalMean Mean { get; }

    /// <summary>The random-effects terms.</summary>
    internal IReadOnlyList<RandomEffectBlock> Blocks => blocks;

    /// <summary>The excess zeros of counts; null without.</summary>
    internal ThinnedRows? Zeros { get; init; }

    /// <summary>The number of parameters ψ = (β, θ, γ), γ those of excess zeros.</summary>
    public int Parameters => coefficients.Length + Spread.Parameters + (Zeros?.Coefficients.Length ?? 0);

    /// <summary>The model a GLMM fit found.</summary>
    public static ConditionalModel Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var frame = fit.Frame;
        var terms = RandomEffectBlock.Of(frame, fit.RandomEffects, fit.Parameters[frame.Design.Columns..]);
        return new ConditionalModel(frame.Design, fit.Link, fit.Coefficients.ToArray(), terms, frame.Offset.ToArray(), CountOf(frame))
        {
            Zeros = fit.Options.ZeroInflation ? new ThinnedRows(fit.Link, frame.Inflation, fit.InflationCoefficients) : null,
        };
    }

    /// <summary>The same model on the same rows coded under other values; columns of Z that are columns of X change with them.</summary>
    /// <param name="design">n×p, such as the design with the treatment set to a level.</param>
    /// <param name="inflation">The same of the excess zeros; null where they have no formula, or it is not set.</param>
    public ConditionalModel Under(DesignMatrix design, DesignMatrix? inflation = null)
    {
        ArgumentNullException.ThrowIfNull(design);
        return new ConditionalModel(
            design,
            Link,
            coefficients,
            [.. blocks.Select(block => block.Under(Design, design))],
            offset,
            rowWeights)
        {
            Zeros = Zeros?.Under(inflation),
        };
    }

    /// <summary>The same model with another standard deviation of its one random intercept.</summary>
    /// <param name="spread">σ ≥ 0, link scale.</param>
    internal ConditionalModel WithSpread(double spread) => new(
        Design,
        Link,
        coefficients,
        [new RandomEffectBlock(Ones(Design.Rows), [spread], 1, correlated: true)],
        offset,
        rowWeights);

    /// <summary>η = Xβ + offset for a design of the same rows, such as one with the treatment set to a level; excess zeros apart.</summary>
    public double[] Predictor(DesignMatrix design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var eta = new double[design.Rows];
        LinearPredictor.Of(design, offset, coefficients, eta);
        return eta;
    }

    /// <summary>The marginal mean of every row; slopes are in the predictor and spread of the mean, which excess zeros thin.</summary>
    public MarginalPoint[] Points()
    {
        var points = new MarginalPoint[Design.Rows];
        var (predictor, spread) = (Predictor(Design), Spread.Values.ToArray());
        Zeros?.Thin(Zeros.Coefficients, 0, predictor, spread);
        Mean.At(predictor, spread, points);
        return points;
    }

    /// <summary>How often each row of a frame counts: trials times prior weights; empty when every row counts once.</summary>
    internal static double[] CountOf(ModelFrame frame)
    {
        if (frame.Trials.IsEmpty)
        {
            return frame.Weights.ToArray();
        }

        var count = frame.Trials.ToArray();
        if (!frame.Weights.IsEmpty)
        {
            SpanMath.Multiply(count, frame.Weights, count);
        }

        return count;
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
