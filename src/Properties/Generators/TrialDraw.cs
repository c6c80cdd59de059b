using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Properties.Generators;

/// <summary>Draws one trial: every number comes from a stream with a key of its own, so that one number names the trial.</summary>
internal sealed class TrialDraw
{
    /// <summary>What the streams of this kit are named by, beside their seeds: no study has this scenario.</summary>
    private const ulong Room = 0x70726F7065727469;

    private readonly TrialModel model;
    private readonly TrialShape shape;
    private readonly TrialKind kind;
    private readonly RandomStream stream;

    private TrialDraw(TrialModel model, TrialShape shape, TrialKind kind, int seed)
    {
        this.model = model;
        this.shape = shape;
        this.kind = kind;
        stream = new RandomStream((ulong)seed, Room, 0);
    }

    /// <summary>A trial.</summary>
    /// <param name="model">What is to be fitted.</param>
    /// <param name="shape">Which trials are wanted.</param>
    /// <param name="kind">What makes it hard.</param>
    /// <param name="clusters">How many clusters.</param>
    /// <param name="seed">Names it among those.</param>
    public static TrialData Of(TrialModel model, TrialShape shape, TrialKind kind, int clusters, int seed)
    {
        var draw = new TrialDraw(model, shape, kind, seed);
        return Interior.Make(draw.Trial(clusters), kind == TrialKind.NearSeparation);
    }

    private TrialData Trial(int clusters)
    {
        var (labels, waves, treatment, outcome, counts) =
            (new List<string>(), new List<int>(), new List<double>(), new List<double>(), new List<int>());
        var whole = shape.TreatsWholeClusters ?? stream.NextUniform() < 0.5;
        var common = 1 + (int)(stream.NextUniform() * shape.LargestCluster);
        common = whole ? common : Math.Max(2, common);
        var deviation = 0.5 * (int)(stream.NextUniform() * 4);
        var baseline = kind == TrialKind.RareOutcomes ? -2 : (2 * stream.NextUniform()) - 1;
        var effect = (3 * stream.NextUniform()) - 1.5;
        var scales = model.Covariates
            .Select(_ => kind != TrialKind.ExtremeScales ? 1 : stream.NextUniform() < 0.5 ? 1e3 : 1e-3)
            .ToArray();
        var covariates = model.Covariates.Select(_ => new List<double>()).ToArray();
        var unit = kind == TrialKind.ExtremeScales && model.Family == Family.Gaussian ? 1e4 : 1;
        for (var c = 0; c < clusters; c++)
        {
            var shift = deviation * stream.NextNormal();
            var ofCluster = model.Covariates.Select(_ => Tenths(stream.NextNormal())).ToArray();
            var wave = 0;
            var size = Size(common, shift);
            for (var k = 0; k < size; k++)
            {
                wave += kind == TrialKind.Gaps && !shape.HasEqualSizes && stream.NextUniform() < 0.3 ? 2 : 1;
                labels.Add(FormattableString.Invariant($"c{c + 1}"));
                waves.Add(wave);
                treatment.Add(whole ? c % 2 : (c + k) % 2);
                var eta = baseline + (effect * treatment[^1]) + shift;
                for (var j = 0; j < covariates.Length; j++)
                {
                    var value = model.Covariates[j].IsOfCluster ? ofCluster[j] : Tenths(stream.NextNormal());
                    covariates[j].Add(value * scales[j]);
                    eta += 0.3 * value;
                }

                outcome.Add(unit * Outcome(eta));
                counts.Add(1 + (int)(stream.NextUniform() * 3));
            }
        }

        TrialColumn[] columns =
        [
            new(model.Effect, treatment.ToArray()),
            .. model.Covariates.Select((covariate, j) => new TrialColumn(covariate.Name, covariates[j].ToArray())),
        ];
        return new TrialData(model, labels, waves.ToArray(), columns, outcome.ToArray(), shape.HasCounts ? counts.ToArray() : []);
    }

    private int Size(int common, double shift)
    {
        if (shape.HasEqualSizes)
        {
            return common;
        }

        var largest = kind == TrialKind.InformativeSizes && shift < 0 ? Math.Max(1, shape.LargestCluster / 2) : shape.LargestCluster;
        var size = 1 + (int)(stream.NextUniform() * largest);
        return kind == TrialKind.InformativeSizes && shift > 0 ? Math.Max(size, (largest + 1) / 2) : size;
    }

    /// <summary>An outcome around a predictor on a scale where each link has a mean for it.</summary>
    private double Outcome(double eta)
    {
        if (model.IsBinary)
        {
            return stream.NextBernoulli(Link.Logit.Mean(eta));
        }

        if (model.Family == Family.Gaussian)
        {
            return Tenths(eta + stream.NextNormal());
        }

        var mean = Math.Exp(Math.Clamp(0.7 * eta, -3, 2.5));
        return model.Family == Family.Poisson ? Count(mean) : Math.Max(0.1, Tenths(mean * Math.Exp(0.5 * stream.NextNormal())));
    }

    /// <summary>A Poisson count: as many products of uniform numbers as stay above e^−μ.</summary>
    private int Count(double mean)
    {
        var (least, product, count) = (Math.Exp(-mean), stream.NextUniform(), 0);
        while (product > least)
        {
            product *= stream.NextUniform();
            count++;
        }

        return count;
    }

    /// <summary>Numbers that people can read, and that a counterexample can be typed from.</summary>
    private static double Tenths(double value) => Math.Round(value, 1);
}
