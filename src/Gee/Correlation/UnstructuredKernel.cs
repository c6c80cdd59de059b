using MarginalConditional.Data;

namespace MarginalConditional.Gee.Correlation;

/// <summary>One correlation for each pair of waves, α in the upper triangle row by row.</summary>
internal sealed class UnstructuredKernel : PatternKernel
{
    private const int MostWaves = 1000;

    private readonly int waves;
    private readonly double[] divisors;

    public UnstructuredKernel(CorrelationInput input)
        : this(input, CountWaves(input))
    {
    }

    private UnstructuredKernel(CorrelationInput input, int waves)
        : base(input, [.. input.Frame.Waves], waves * (waves - 1) / 2, waves * (waves - 1) / 2)
    {
        this.waves = waves;
        divisors = new double[Moments];
        for (var i = 0; i < Clusters.Count; i++)
        {
            var end = Clusters.Start(i) + Clusters.Size(i);
            for (var j = Clusters.Start(i); j < end; j++)
            {
                for (var k = j + 1; k < end; k++)
                {
                    divisors[Index(Codes[j], Codes[k])] += input.PairDivisor(j, k);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override bool Occurs(int parameter) => divisors[parameter] > 0;

    /// <inheritdoc/>
    public override string? Note => AbsentPairs.Sentence(Absent(), pairs => $"No cluster was seen at both waves of a pair: {pairs}");

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums)
    {
        var offsets = Clusters.Offsets;
        var origin = offsets[firstCluster];
        for (var i = firstCluster; i < endCluster; i++)
        {
            var codes = Codes.AsSpan(offsets[i], offsets[i + 1] - offsets[i]);
            var rows = residuals.Slice(offsets[i] - origin, codes.Length);
            for (var j = 0; j < rows.Length; j++)
            {
                var start = Index(codes[j], codes[j] + 1) - codes[j] - 1;
                for (var k = j + 1; k < rows.Length; k++)
                {
                    sums[start + codes[k]] += rows[j] * rows[k];
                }
            }
        }
    }

    /// <summary>A pair of waves that no cluster has both of never enters R; its correlation is not estimated.</summary>
    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
        for (var pair = 0; pair < sums.Length; pair++)
        {
            var divisor = Input.Convention.Divisor(divisors[pair], Input.Coefficients);
            alpha[pair] = divisors[pair] == 0 ? 0 : divisor > 0 ? sums[pair] / scale / divisor : double.NaN;
        }
    }

    public override void Repair()
    {
        var matrix = new double[waves * waves];
        for (var j = 0; j < waves; j++)
        {
            for (var k = 0; k < waves; k++)
            {
                matrix[(j * waves) + k] = j == k ? 1 : CorrelationOfCodes(j, k);
            }
        }

        NearestCorrelation.Replace(waves, Tolerances.RepairMargin, matrix);
        for (var j = 0; j < waves; j++)
        {
            for (var k = j + 1; k < waves; k++)
            {
                Alpha[Index(j, k)] = matrix[(j * waves) + k];
            }
        }
    }

    protected override double CorrelationOfCodes(int code, int otherCode) =>
        Alpha[Index(Math.Min(code, otherCode), Math.Max(code, otherCode))];

    private string[] Absent()
    {
        var labels = Input.Frame.WaveLabels;
        var absent = new List<string>();
        for (var j = 0; j < waves; j++)
        {
            for (var k = j + 1; k < waves; k++)
            {
                if (!Occurs(Index(j, k)))
                {
                    absent.Add(k < labels.Count ? $"{labels[j]} and {labels[k]}" : $"{j + 1} and {k + 1}");
                }
            }
        }

        return [.. absent];
    }

    private static int CountWaves(CorrelationInput input)
    {
        var last = 0;
        foreach (var wave in input.Frame.Waves)
        {
            last = Math.Max(last, wave);
        }

        if (last >= MostWaves)
        {
            throw new InputException(
                $"The data have {last + 1} waves, and an unstructured correlation of more than {MostWaves} cannot be estimated.")
            {
                Hint = "Use ar1, decay, m-dependent or exchangeable.",
            };
        }

        var correlations = (last + 1) * last / 2;
        return correlations <= input.Frame.Rows ? last + 1 : throw new InputException(
            $"The data have {last + 1} waves, between which an unstructured correlation has {correlations} correlations, more than the "
                + $"{input.Frame.Rows} rows.")
        {
            Hint = "Use ar1, decay, m-dependent or exchangeable, or check that --wave names the visits.",
        };
    }

    private int Index(int early, int late) => (early * ((2 * waves) - early - 1) / 2) + late - early - 1;
}
