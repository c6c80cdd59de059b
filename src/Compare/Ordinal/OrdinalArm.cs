using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>
/// The rows of a cumulative mixed model, as they are or coded under an arm: points θ_k − xβ − wγ_k − offset and spreads τ as functions of
/// the parameters. Immutable.
/// </summary>
internal sealed class OrdinalArm
{
    private readonly ModelFrame frame;
    private readonly OrdinalLayout layout;
    private readonly DesignMatrix design;
    private readonly IReadOnlyList<RandomEffectBlock> blocks;

    private OrdinalArm(ModelFrame frame, OrdinalLayout layout, DesignMatrix design, IReadOnlyList<RandomEffectBlock> blocks)
    {
        this.frame = frame;
        this.layout = layout;
        this.design = design;
        this.blocks = blocks;
        Spread = PredictorSpread.Of(design.Rows, blocks);
    }

    /// <summary>The rows' τ at the estimates, with their slopes.</summary>
    public PredictorSpread Spread { get; }

    /// <summary>The random terms.</summary>
    public IReadOnlyList<RandomEffectBlock> Blocks => blocks;

    /// <summary>The rows as they were fitted.</summary>
    public static OrdinalArm Observed(OrdinalGlmmFit fit) => new(
        fit.Frame,
        fit.Layout,
        fit.Frame.Design,
        RandomEffectBlock.Of(fit.Frame, fit.RandomEffects, fit.Parameters[fit.Layout.Count..]));

    /// <summary>The same rows coded under other values; columns of Z that are columns of X change with them.</summary>
    public OrdinalArm Under(DesignMatrix changed) =>
        new(frame, layout, changed, [.. blocks.Select(block => block.Under(design, changed))]);

    /// <summary>The points of one threshold.</summary>
    /// <param name="parameters">ψ.</param>
    /// <param name="threshold">k, counted from 0.</param>
    /// <param name="start">The first row.</param>
    /// <param name="points">Receives as many rows as it is long.</param>
    public void Points(ReadOnlySpan<double> parameters, int threshold, int start, Span<double> points)
    {
        points.Fill(parameters[threshold]);
        for (var j = 0; j < layout.Shared.Length; j++)
        {
            Dense.AddScaled(
                -parameters[layout.Thresholds + j], design.Column(layout.Shared[j]).Slice(start, points.Length), points);
        }

        for (var c = 0; c < layout.Nominal.Length; c++)
        {
            Dense.AddScaled(
                -parameters[layout.NominalPlace(c, threshold)], design.Column(layout.Nominal[c]).Slice(start, points.Length), points);
        }

        if (!frame.Offset.IsEmpty)
        {
            Dense.AddScaled(-1, frame.Offset.Slice(start, points.Length), points);
        }
    }

    /// <summary>τ of consecutive rows.</summary>
    /// <param name="parameters">ψ.</param>
    /// <param name="start">The first row.</param>
    /// <param name="spreads">Receives as many rows as it is long.</param>
    public void Spreads(ReadOnlySpan<double> parameters, int start, Span<double> spreads) =>
        PredictorSpread.At(blocks, parameters[layout.Count..], start, spreads);

    /// <summary>Adds Σ_i (a_i ∂u_i/∂ψ + b_i ∂τ_i/∂ψ) over all rows, u the points of one threshold, at the estimates.</summary>
    /// <param name="threshold">k, counted from 0.</param>
    /// <param name="pointWeights">a, n values.</param>
    /// <param name="spreadWeights">b, n values, or empty for none.</param>
    /// <param name="gradient">m values, added to.</param>
    public void AddGradient(
        int threshold, ReadOnlySpan<double> pointWeights, ReadOnlySpan<double> spreadWeights, Span<double> gradient)
    {
        foreach (var weight in pointWeights)
        {
            gradient[threshold] += weight;
        }

        for (var j = 0; j < layout.Shared.Length; j++)
        {
            gradient[layout.Thresholds + j] -= Dense.Dot(design.Column(layout.Shared[j]), pointWeights);
        }

        for (var c = 0; c < layout.Nominal.Length; c++)
        {
            gradient[layout.NominalPlace(c, threshold)] -= Dense.Dot(design.Column(layout.Nominal[c]), pointWeights);
        }

        for (var k = 0; !spreadWeights.IsEmpty && k < Spread.Parameters; k++)
        {
            gradient[layout.Count + k] += Dense.Dot(Spread.Slope(k), spreadWeights);
        }
    }
}
