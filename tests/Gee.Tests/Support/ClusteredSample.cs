using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Support;

/// <summary>A small clustered data set made from a seed: unequal clusters, gaps in the waves, optional weights and offset.</summary>
internal sealed record ClusteredSample(ModelFrame Frame, Family Family, Link Link)
{
    public static ClusteredSample Create(
        int seed,
        Family family,
        Link? link = null,
        bool weighted = false,
        bool withOffset = false,
        int clusters = 60,
        int waves = 5,
        double keep = 0.75)
    {
        var random = new Sequence(seed);
        var offsets = new List<int> { 0 };
        var waveOf = new List<int>();
        for (var i = 0; i < clusters; i++)
        {
            var before = waveOf.Count;
            for (var wave = 0; wave < waves; wave++)
            {
                if (random.Uniform() < keep)
                {
                    waveOf.Add(wave);
                }
            }

            if (waveOf.Count == before)
            {
                waveOf.Add(0);
            }

            offsets.Add(waveOf.Count);
        }

        var n = waveOf.Count;
        var x = new double[3 * n];
        var response = new double[n];
        for (var i = 0; i < clusters; i++)
        {
            var effect = random.Normal();
            var arm = i % 2;
            for (var row = offsets[i]; row < offsets[i + 1]; row++)
            {
                x[row] = 1;
                x[n + row] = arm;
                x[(2 * n) + row] = random.Normal();
                var eta = -0.3 + (0.5 * arm) + (0.4 * x[(2 * n) + row]) + (0.5 * effect);
                response[row] = Draw(family, eta, random);
            }
        }

        return new ClusteredSample(
            new ModelFrame(
                new DesignMatrix(n, ["(Intercept)", "arm", "x"], x, ["(Intercept)", "arm", "x"]),
                response,
                new Clusters("id", [.. offsets], i => $"c{i + 1}"))
            {
                Waves = [.. waveOf],
                WaveValues = [.. waveOf.Select(wave => (double)wave)],
                Weights = weighted ? [.. Enumerable.Range(0, n).Select(_ => 0.5 + random.Uniform())] : [],
                AuxiliaryColumns = [new NumericColumn("group", [.. waveOf.Select((wave, row) => (double)((row + wave) % 3))])],
                Offset = withOffset ? [.. Enumerable.Range(0, n).Select(_ => 0.4 * random.Normal())] : [],
            },
            family,
            link ?? family.DefaultLink);
    }

    /// <summary>Clusters of individuals who are all seen in each of three periods.</summary>
    public static ClusteredSample CreateComplete(int seed, Family family, bool weighted = false, int clusters = 24)
    {
        var random = new Sequence(seed);
        var offsets = new List<int> { 0 };
        var (waves, individuals, arm, x, response, weights) =
            (new List<int>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < clusters; i++)
        {
            var effect = random.Normal();
            var members = 1 + (int)(4 * random.Uniform());
            for (var member = 0; member < members; member++)
            {
                var own = random.Normal();
                for (var period = 0; period < 3; period++)
                {
                    waves.Add(period);
                    individuals.Add(member);
                    arm.Add((i + period) % 2);
                    x.Add(random.Normal());
                    weights.Add(0.5 + random.Uniform());
                    response.Add(Draw(family, -0.2 + (0.4 * arm[^1]) + (0.3 * x[^1]) + (0.4 * effect) + (0.5 * own), random));
                }
            }

            offsets.Add(waves.Count);
        }

        string[] names = ["(Intercept)", "arm", "x"];
        return new ClusteredSample(
            new ModelFrame(
                new DesignMatrix(waves.Count, names, [.. Enumerable.Repeat(1.0, waves.Count), .. arm, .. x], names),
                [.. response],
                new Clusters("id", [.. offsets], i => $"c{i + 1}"))
            {
                Waves = [.. waves],
                Weights = weighted ? [.. weights] : [],
                AuxiliaryColumns = [new NumericColumn("individual", [.. individuals])],
            },
            family,
            family.DefaultLink);
    }

    public GeeOptions Options(WorkingCorrelation correlation, MomentConvention? moments = null) =>
        new() { Family = Family, Link = Link, Correlation = correlation, Moments = moments ?? MomentConvention.LiangZeger, Threads = 1 };

    private static double Draw(Family family, double eta, Sequence random)
    {
        if (family == Family.Binomial)
        {
            return random.Uniform() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
        }

        if (family == Family.Gaussian)
        {
            return eta + random.Normal();
        }

        if (family == Family.Gamma || family == Family.InverseGaussian)
        {
            return Math.Exp(eta + (0.9 * random.Normal()));
        }

        var (limit, count, product) = (Math.Exp(-Math.Exp(eta)), 0, random.Uniform());
        for (; product > limit; count++)
        {
            product *= random.Uniform();
        }

        return count;
    }
}
