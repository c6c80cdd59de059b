namespace MarginalConditional.Meta.Effects;

/// <summary>
/// The counts of one study: events and non-events under treatment and control. Not negative; fractions arise from continuity corrections.
/// </summary>
/// <param name="TreatmentEvents">a.</param>
/// <param name="TreatmentNonEvents">b.</param>
/// <param name="ControlEvents">c.</param>
/// <param name="ControlNonEvents">d.</param>
public readonly record struct TwoByTwo(double TreatmentEvents, double TreatmentNonEvents, double ControlEvents, double ControlNonEvents)
{
    /// <summary>a + b.</summary>
    public double TreatmentTotal => TreatmentEvents + TreatmentNonEvents;

    /// <summary>c + d.</summary>
    public double ControlTotal => ControlEvents + ControlNonEvents;

    /// <summary>Patients of both arms.</summary>
    public double Total => TreatmentTotal + ControlTotal;

    /// <summary>a / (a + b): the share of the treated with the event.</summary>
    public double TreatmentShare => TreatmentEvents / TreatmentTotal;

    /// <summary>c / (c + d): the share of the controls with the event.</summary>
    public double ControlShare => ControlEvents / ControlTotal;

    /// <summary>Whether any of the four counts is zero.</summary>
    public bool HasZero => TreatmentEvents == 0 || TreatmentNonEvents == 0 || ControlEvents == 0 || ControlNonEvents == 0;

    /// <summary>Whether nobody, or everybody, in both arms had the event: such a study says nothing about a ratio.</summary>
    public bool IsDoubleZero => (TreatmentEvents == 0 && ControlEvents == 0) || (TreatmentNonEvents == 0 && ControlNonEvents == 0);

    /// <summary>The table with <paramref name="amount"/> added to every cell.</summary>
    public TwoByTwo Add(double amount) =>
        new(TreatmentEvents + amount, TreatmentNonEvents + amount, ControlEvents + amount, ControlNonEvents + amount);
}
