using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Ordinal;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>A fit with random effects: new ones are drawn for every cluster, and outcomes given them.</summary>
internal sealed class MixedLikeness : TrialLikeness
{
    private readonly IReadOnlyList<RandomEffectBlock> blocks;
    private readonly DrawRows given;

    private MixedLikeness(
        ModelFrame frame, Family family, Link link, double[] coefficients, IReadOnlyList<RandomEffectBlock> blocks, DrawRows given)
        : base(frame, family, link, coefficients)
    {
        this.blocks = blocks;
        this.given = given;
        RequireHierarchy(frame);
    }

    /// <summary>Makes outcomes of the linear predictors of the rows of a cluster, in place.</summary>
    internal delegate void DrawRows(RandomStream stream, int firstRow, Span<double> values);

    /// <inheritdoc/>
    public override bool IsConditional => true;

    /// <summary>A mixed model by quadrature.</summary>
    public static new MixedLikeness Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.HasInfiniteEstimates || fit.Options.ZeroInflation || fit.Options.BetaBinomial)
        {
            throw new InputException(fit.HasInfiniteEstimates
                ? "The fit has estimates that are not finite, and no trial is like it."
                : "Trials are made like fits of one family; excess zeros and beta-binomial outcomes are none.")
            {
                Hint = "Keep another fit, such as one of fewer predictors or without excess zeros.",
            };
        }

        var theta = fit.Parameters[fit.Coefficients.Length..];
        return new MixedLikeness(
            fit.Frame, fit.Family, fit.Link, fit.Coefficients.ToArray(), RandomEffectBlock.Of(fit.Frame, fit.RandomEffects, theta),
            (stream, first, values) =>
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = GlmmSimulator.DrawOutcome(fit, stream, fit.Link.Mean(values[i]), first + i);
                }
            });
    }

    /// <summary>A cumulative mixed model; its coefficients stand at the places of the design's columns, that of the intercept 0.</summary>
    public static new MixedLikeness Of(OrdinalGlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var problem = fit.HasInfiniteEstimates ? "The fit has estimates that are not finite, and no trial is like it."
            : fit.Frame.Design.Intercept != 0 ? "Trials are made like ordinal fits whose formula has an intercept."
            : null;
        if (problem is not null)
        {
            throw new InputException(problem) { Hint = "Keep another fit, of fewer predictors or with an intercept." };
        }

        var (frame, layout) = (fit.Frame, fit.Layout);
        var coefficients = new double[frame.Design.Columns];
        for (var j = 0; j < layout.Shared.Length; j++)
        {
            coefficients[layout.Shared[j]] = fit.Parameters[layout.Thresholds + j];
        }

        var outcomes = new RowOutcomes(
            new OrdinalOutcome(fit.Link, fit.Thresholds), layout.Nominal,
            fit.Parameters[(layout.Thresholds + layout.Shared.Length)..layout.Count]);
        var rows = outcomes.Require(frame.Design);
        return new MixedLikeness(
            frame, Family.Binomial, fit.Link.Marginal, coefficients,
            RandomEffectBlock.Of(frame, fit.RandomEffects, fit.Parameters[layout.Count..]),
            (stream, first, values) =>
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = rows[first + i].Place(stream.NextUniform(), values[i]);
                }
            })
        {
            Ordinal = outcomes.Shared,
            RowOutcomes = outcomes,
        };
    }

    /// <summary>A linear mixed model.</summary>
    public static MixedLikeness OfLinear(
        ModelFrame frame, double[] coefficients, IReadOnlyList<RandomEffectEstimate> effects, ResidualLaw residual)
    {
        var blocks = frame.RandomTerms.Select((term, index) => new RandomEffectBlock(
            term.Values.ToArray(),
            SemidefiniteFactor.Of(effects[index].Covariance, term.Dimension),
            term.Dimension,
            term.Correlated,
            term.Names));
        return new MixedLikeness(
            frame, Family.Gaussian, Link.Identity, coefficients, [.. blocks],
            (stream, first, values) => residual.Add(stream, frame, first, values));
    }

    /// <inheritdoc/>
    internal override LikeOutcomes Outcomes(double[] beta)
    {
        var predictor = LinearPredictor.Of(Frame, beta);
        var means = new double[predictor.Length];
        Link.Mean(predictor, means);
        RequireMeans(means);
        return new Law(this, predictor);
    }

    /// <inheritdoc/>
    internal override double[] Means(double[] beta, int? column = null, double value = 0)
    {
        var model = Given(beta);
        var points = (column is { } set ? model.Under(DesignRows.Under(Frame, set, null, value).Design) : model).Points();
        return Array.ConvertAll(points, point => point.Mean);
    }

    /// <inheritdoc/>
    internal override double[][] Above(double[] beta, int? column = null, double value = 0)
    {
        var design = column is { } set ? DesignRows.Under(Frame, set, null, value).Design : Frame.Design;
        var own = blocks.Select(block => block.Under(Frame.Design, design)).ToArray();
        var predictor = new double[Frame.Rows];
        LinearPredictor.Of(design, Frame.Offset, beta, predictor);
        var mean = new CumulativeMean(Ordinal!.Link);
        return RowOutcomes!.Of(design) is not { } rows ? []
        :
        [
            .. predictor.Select((eta, row) =>
            {
                var spread = Math.Sqrt(own.Sum(block => Variance(block, row)));
                return rows[row].Thresholds.ToArray().Select(threshold => 1 - mean.At(threshold - eta, spread).Probability).ToArray();
            }),
        ];
    }

    /// <summary>The variance that a term's effects add to a row, |Lᵀz|².</summary>
    private static double Variance(RandomEffectBlock block, int row)
    {
        var sum = 0.0;
        for (var j = 0; j < block.Dimension; j++)
        {
            var loading = 0.0;
            for (var a = j; a < block.Dimension; a++)
            {
                loading += block.Column(a, row) * block.Factor(a, j);
            }

            sum += loading * loading;
        }

        return sum;
    }

    /// <inheritdoc/>
    internal override double[] NearPopulation(double[] beta) => Marginalizer.Marginalize(Given(beta)).Estimates.ToArray();

    private ConditionalModel Given(double[] beta) => new(Frame.Design, Link, beta, blocks, Frame.Offset.ToArray());

    /// <summary>Adds Zb of new effects of the groups of one cluster, whose rows stand together.</summary>
    private void AddEffects(RandomStream stream, int start, Span<double> values)
    {
        Span<double> effect = stackalloc double[blocks.Count == 0 ? 0 : blocks.Max(block => block.Dimension)];
        for (var t = 0; t < blocks.Count; t++)
        {
            var block = blocks[t];
            for (var i = 0; i < values.Length; i++)
            {
                if (i == 0 || GroupOf(t, start + i) != GroupOf(t, start + i - 1))
                {
                    Draw(stream, block, effect);
                }

                for (var a = 0; a < block.Dimension; a++)
                {
                    values[i] += block.Column(a, start + i) * effect[a];
                }
            }
        }
    }

    /// <summary>b = Lz, one normal number a column of L.</summary>
    private static void Draw(RandomStream stream, RandomEffectBlock block, Span<double> effect)
    {
        effect.Clear();
        for (var column = 0; column < block.Dimension; column++)
        {
            var z = stream.NextNormal();
            for (var row = column; row < block.Dimension; row++)
            {
                effect[row] += block.Factor(row, column) * z;
            }
        }
    }

    private int GroupOf(int term, int row) => Frame.RandomTerms.Count == 0 ? 0 : Frame.RandomTerms[term].Groups[row];

    /// <summary>Refuses groups that lie in several clusters: clusters could not be drawn one by one.</summary>
    private static void RequireHierarchy(ModelFrame frame)
    {
        var clusters = frame.Clusters.OfRows();
        foreach (var term in frame.RandomTerms)
        {
            if (!IsNested(term, clusters))
            {
                throw new InputException(
                    $"The random effects of {term.Group} lie across the clusters of {frame.Clusters.Name}: no whole clusters can be drawn.")
                {
                    Hint = "Keep a fit whose groups are nested in each other.",
                };
            }
        }
    }

    private static bool IsNested(RandomTermDesign term, int[] clusters)
    {
        var seen = new HashSet<int>();
        for (var row = 0; row < clusters.Length; row++)
        {
            var isNew = row == 0 || term.Groups[row] != term.Groups[row - 1];
            if (isNew ? !seen.Add(term.Groups[row]) : clusters[row] != clusters[row - 1])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Outcomes given the linear predictors of the data's rows without random effects.</summary>
    private sealed class Law(MixedLikeness likeness, double[] linear) : LikeOutcomes
    {
        private readonly double[] predictor = linear;
        private readonly MixedLikeness of = likeness;

        public override void Draw(RandomStream stream, int cluster, Span<double> outcomes)
        {
            var start = of.Frame.Clusters.Start(cluster);
            predictor.AsSpan(start, outcomes.Length).CopyTo(outcomes);
            of.AddEffects(stream, start, outcomes);
            of.given(stream, start, outcomes);
        }
    }
}
