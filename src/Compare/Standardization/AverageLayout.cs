namespace MarginalConditional.Compare.Standardization;

/// <summary>Where the sums and the averages of a standardization stand in their vectors: a block a weighting, participants first.</summary>
/// <param name="Settings">S, the number of settings.</param>
/// <param name="Ratios">T, the number of measures on transformed means.</param>
/// <param name="Periods">J, the number of periods within which arms are compared; 1 without periods.</param>
internal sealed record AverageLayout(int Settings, int Ratios, int Periods = 1)
{
    /// <summary>Participants, then clusters.</summary>
    public const int Weightings = 2;

    /// <summary>The sums of one weighting.</summary>
    public int Block => First + (Settings * Stride);

    /// <summary>The number of sums.</summary>
    public int Sums => Weightings * Block;

    /// <summary>The number of averages.</summary>
    public int Averages => Weightings * Settings * Kinds;

    private int Stride => 1 + (2 * Ratios) + (2 * Periods);

    private int First => Periods == 1 ? 1 : 1 + Periods;

    private int Kinds => 2 + (2 * Ratios);

    /// <summary>The sum of the weights.</summary>
    public int Size(int weighting) => weighting * Block;

    /// <summary>The sum of the weights in one period.</summary>
    public int PeriodSize(int weighting, int period) => Size(weighting) + (Periods == 1 ? 0 : 1 + period);

    /// <summary>The sum of the predicted means.</summary>
    public int Mean(int weighting, int setting) => Size(weighting) + First + (setting * Stride);

    /// <summary>The sum of the transformed means, h(E_b μ).</summary>
    public int Transformed(int weighting, int setting, int ratio) => Mean(weighting, setting) + 1 + (2 * ratio);

    /// <summary>The sum of the means of the transform, E_b h(μ).</summary>
    public int Conditional(int weighting, int setting, int ratio) => Mean(weighting, setting) + 2 + (2 * ratio);

    /// <summary>The sum of the residuals of the rows given the arm, over its probability.</summary>
    public int Residual(int weighting, int setting, int period) => Mean(weighting, setting) + 1 + (2 * Ratios) + (2 * period);

    /// <summary>The sum of the inverse probabilities of the rows given the arm.</summary>
    public int Given(int weighting, int setting, int period) => Residual(weighting, setting, period) + 1;

    /// <summary>The average of the predicted means.</summary>
    public int ModelMean(int weighting, int setting) => ((weighting * Settings) + setting) * Kinds;

    /// <summary>The mean whatever the model: predictions and the arm's mean residual.</summary>
    public int RobustMean(int weighting, int setting) => ModelMean(weighting, setting) + 1;

    /// <summary>Whether an average is a mean whatever the model.</summary>
    public bool IsRobust(int average) => average % Kinds == 1;

    /// <summary>The average of the transformed means.</summary>
    public int AverageTransformed(int weighting, int setting, int ratio) => ModelMean(weighting, setting) + 2 + (2 * ratio);

    /// <summary>The average of the means of the transform.</summary>
    public int AverageConditional(int weighting, int setting, int ratio) => ModelMean(weighting, setting) + 3 + (2 * ratio);

    /// <summary>The averages as functions of the sums.</summary>
    /// <param name="sums">The sums over clusters.</param>
    /// <param name="trial">Whether probabilities are known, and which periods a cluster's absence ends.</param>
    /// <param name="leftOut">The cluster the sums were taken without; −1 for none.</param>
    /// <param name="averages">Receives the averages.</param>
    public void Evaluate(ReadOnlySpan<double> sums, TrialRows trial, int leftOut, Span<double> averages)
    {
        for (var weighting = 0; weighting < Weightings; weighting++)
        {
            var size = sums[Size(weighting)];
            for (var s = 0; s < Settings; s++)
            {
                var mean = sums[Mean(weighting, s)] / size;
                averages[ModelMean(weighting, s)] = mean;
                averages[RobustMean(weighting, s)] = mean + MeanResidual(sums, trial, leftOut, weighting, s);
                for (var t = 0; t < Ratios; t++)
                {
                    averages[AverageTransformed(weighting, s, t)] = sums[Transformed(weighting, s, t)] / size;
                    averages[AverageConditional(weighting, s, t)] = sums[Conditional(weighting, s, t)] / size;
                }
            }
        }
    }

    /// <summary>How the averages move when the sums do: F′(S) times a direction.</summary>
    /// <param name="sums">S.</param>
    /// <param name="knownProbabilities">Whether residuals are divided by the size, not by the weights of those given the arm.</param>
    /// <param name="direction">A change of the sums.</param>
    /// <param name="averages">Receives the change of the averages.</param>
    public void Differentiate(ReadOnlySpan<double> sums, bool knownProbabilities, ReadOnlySpan<double> direction, Span<double> averages)
    {
        for (var weighting = 0; weighting < Weightings; weighting++)
        {
            var size = Size(weighting);
            for (var s = 0; s < Settings; s++)
            {
                var mean = Ratio(sums, direction, Mean(weighting, s), size);
                averages[ModelMean(weighting, s)] = mean;
                averages[RobustMean(weighting, s)] = mean;
                for (var period = 0; period < Periods; period++)
                {
                    averages[RobustMean(weighting, s)] += knownProbabilities
                        ? Ratio(sums, direction, Residual(weighting, s, period), size)
                        : ResidualChange(sums, direction, weighting, s, period);
                }

                for (var t = 0; t < Ratios; t++)
                {
                    averages[AverageTransformed(weighting, s, t)] = Ratio(sums, direction, Transformed(weighting, s, t), size);
                    averages[AverageConditional(weighting, s, t)] = Ratio(sums, direction, Conditional(weighting, s, t), size);
                }
            }
        }
    }

    /// <summary>The arm's mean residual; with periods that within each, weighted by the period's share of the population.</summary>
    private double MeanResidual(ReadOnlySpan<double> sums, TrialRows trial, int leftOut, int weighting, int setting)
    {
        var (total, weights) = (0.0, 0.0);
        for (var period = 0; period < Periods; period++)
        {
            if (trial.Periods?.IsKept(period, leftOut) == false)
            {
                continue;
            }

            var weight = sums[PeriodSize(weighting, period)];
            var residual = sums[Residual(weighting, setting, period)];
            total += trial.HasKnownProbabilities ? residual : weight * (residual / sums[Given(weighting, setting, period)]);
            weights += weight;
        }

        return total / (trial.HasKnownProbabilities ? sums[Size(weighting)] : weights);
    }

    /// <summary>The change of one period's part of the mean residual, W_j/W·R_j/V_j.</summary>
    private double ResidualChange(ReadOnlySpan<double> sums, ReadOnlySpan<double> direction, int weighting, int setting, int period)
    {
        var (share, size) = (PeriodSize(weighting, period), Size(weighting));
        var (residual, given) = (Residual(weighting, setting, period), Given(weighting, setting, period));
        var shareChange = Periods == 1 ? 0 : Ratio(sums, direction, share, size);
        return (sums[share] / sums[size] * Ratio(sums, direction, residual, given)) + (shareChange * sums[residual] / sums[given]);
    }

    /// <summary>The change of a ratio of two sums.</summary>
    public static double Ratio(ReadOnlySpan<double> sums, ReadOnlySpan<double> direction, int above, int below) =>
        (direction[above] - (sums[above] / sums[below] * direction[below])) / sums[below];
}
