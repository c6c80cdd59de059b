using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Stacking;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Equations;

/// <summary>A frame as the fitter needs it: prior weights and trials combined, their square roots, and the cut into chunks.</summary>
internal sealed class GeeData
{
    public GeeData(ModelFrame frame, GeeOptions options)
    {
        Frame = frame;
        Family = options.Family;
        Link = options.EffectiveLink;
        Weights = CombinedWeights(frame);
        var convention = options.Moments;
        if (Weights.Length > 0)
        {
            RootWeights = new double[Weights.Length];
            PairWeights = new double[Weights.Length];
            MomentFactors = new double[Weights.Length];
            for (var row = 0; row < Weights.Length; row++)
            {
                RootWeights[row] = Math.Sqrt(Weights[row]);
                PairWeights[row] = convention.PairWeight(Weights[row]);
                MomentFactors[row] = Weights[row] > 0 ? PairWeights[row] / RootWeights[row] : 0;
                ScaleDivisor += convention.ScaleDivisor(Weights[row]);
            }
        }
        else
        {
            ScaleDivisor = frame.Rows;
        }

        ScaleDivisor = convention.Divisor(ScaleDivisor, frame.Design.Columns);
        Stack = options.Cumulative is { } model ? new CumulativeStack(frame, model) : null;
        Whitening = Stack is null ? null : new RowWhitening(Stack, frame.Clusters, Weights);
        if (Stack is not null && options.Correlation.LocalOdds is { } form)
        {
            var ratios = LocalOddsRatios.Estimate(Stack, Weights, form, options.Tolerances.LargestLogOddsRatio);
            Association = new AssociationWhitening(Stack, frame, Weights, ratios);
        }

        CanLeaveDomain = Stack is not null || !(Family.IsMeanValid(Link.Mean(-50)) && Family.IsMeanValid(Link.Mean(50)));
        Chunks = new ClusterChunks(frame.Clusters.Offsets);
        CorrelationInput = new CorrelationInput(Stack?.Copies ?? frame, PairWeights, convention, options.Tolerances)
        {
            LocalOdds = Association?.Ratios,
        };
    }

    public ModelFrame Frame { get; }

    public Family Family { get; }

    public Link Link { get; }

    /// <summary>The indicators of ordered outcomes that the rows are; null for outcomes that are what they are.</summary>
    public CumulativeStack? Stack { get; }

    /// <summary>What whitens the indicators of each outcome; null without a stack.</summary>
    public RowWhitening? Whitening { get; }

    /// <summary>What whitens the indicators of each cluster where the working association is one of local odds ratios; else null.</summary>
    public AssociationWhitening? Association { get; }

    /// <summary>How many stretches of rows that correlate alike a cluster has: J of a stack, else 1.</summary>
    public int Copies => Stack?.Thresholds ?? 1;

    /// <summary>n, the number of outcomes: of a stack each has several rows.</summary>
    public int Outcomes => Stack?.Outcomes ?? Frame.Rows;

    /// <summary>Prior weights times trials, n values, or empty when all are 1.</summary>
    public double[] Weights { get; }

    /// <summary>√w, n values or empty.</summary>
    public double[] RootWeights { get; } = [];

    /// <summary>The factor of each Pearson residual in products of pairs, n values or empty.</summary>
    public double[] PairWeights { get; } = [];

    /// <summary>What turns √w-weighted residuals into those of the products, n values or empty.</summary>
    public double[] MomentFactors { get; } = [];

    /// <summary>What the sum of squared residuals is divided by to give φ.</summary>
    public double ScaleDivisor { get; }

    /// <summary>Whether the inverse link can produce means outside the family's domain.</summary>
    public bool CanLeaveDomain { get; }

    public ClusterChunks Chunks { get; }

    public CorrelationInput CorrelationInput { get; }

    public int Rows => Frame.Rows;

    public int Coefficients => Frame.Design.Columns;

    private static double[] CombinedWeights(ModelFrame frame)
    {
        if (frame.Trials.IsEmpty)
        {
            return frame.Weights.ToArray();
        }

        var combined = frame.Trials.ToArray();
        for (var row = 0; row < combined.Length && !frame.Weights.IsEmpty; row++)
        {
            combined[row] *= frame.Weights[row];
        }

        return combined;
    }
}
