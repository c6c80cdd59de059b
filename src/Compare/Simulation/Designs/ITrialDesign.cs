namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>
/// Who gets which treatment when: the rows of a simulated trial and the columns of its design. Implement it for one of your own.
/// </summary>
/// <remarks>One instance serves all threads at once and keeps nothing between calls.</remarks>
public interface ITrialDesign
{
    /// <summary>As a study file writes it.</summary>
    string Name { get; }

    /// <summary>The names of the design's columns, the intercept first.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The column whose coefficient is the effect of interest, from 0; with several arms that of the second.</summary>
    int EffectColumn { get; }

    /// <summary>
    /// Whether the marginal mean depends on the treatment alone, so that the marginal effect is one number without further averaging.
    /// </summary>
    bool IsSaturated { get; }

    /// <summary>The number of arms, or of sequences of treatments, that clusters are allotted to. Default 2.</summary>
    int Sequences => 2;

    /// <summary>The number of treatments, the control included: their codes are 0, 1, … Default 2; 1 where nothing is compared.</summary>
    int Treatments => 2;

    /// <summary>
    /// Whether all rows of a cluster have one treatment, so that clusters of different arms may differ in spread. Default false.
    /// </summary>
    bool TreatsWholeClusters => false;

    /// <summary>What is wrong with a cluster size for this design, as a full sentence; null when nothing is.</summary>
    string? SizeProblem(ISizeLaw size);

    /// <summary>The arm or sequence of a cluster, from 0. Default: in turn.</summary>
    /// <param name="cluster">The cluster's number, from 0.</param>
    int Sequence(int cluster) => cluster % Sequences;

    /// <summary>The code of a row's treatment, 0 for the control.</summary>
    /// <param name="arm">The cluster's arm or sequence, from 0.</param>
    /// <param name="row">The row within the cluster, from 0.</param>
    /// <param name="size">The cluster's number of rows.</param>
    double Treatment(int arm, int row, int size);

    /// <summary>The period or wave of a row, from 0: what effects of periods and correlation over time go by. Default: its place.</summary>
    int Period(int row, int size) => row;

    /// <summary>The person a row belongs to, from 0 within the cluster. Default: one person a row.</summary>
    int Person(int row, int size) => row;

    /// <summary>The values of the design's columns for a row under a treatment.</summary>
    void Fill(double treatment, int row, int size, Span<double> values);

    /// <summary>The columns' coefficients, link scale.</summary>
    double[] Coefficients(TrialEffects effects);

    /// <summary>What the data have beyond the design's columns, link scale: carry-over. Default 0.</summary>
    double Surplus(TrialEffects effects, int arm, int row, int size) => 0;

    /// <summary>The column whose coefficient compares an arm with the control. Default: the arms' columns stand side by side.</summary>
    /// <param name="treatment">The code of the arm's treatment, from 1.</param>
    int ColumnOf(int treatment) => EffectColumn + treatment - 1;
}
