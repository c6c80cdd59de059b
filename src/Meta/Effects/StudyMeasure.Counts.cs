namespace MarginalConditional.Meta.Effects;

/// <content>The measures of 2×2 tables.</content>
/// <remarks>Variances by the delta method on two independent binomials: Fleiss and Berlin (2009).</remarks>
public abstract partial class StudyMeasure
{
    private sealed class OddsRatioMeasure : CountMeasure
    {
        public OddsRatioMeasure()
            : base("OR", "odds ratio", isLogarithmic: true)
        {
        }

        // log(ad / bc), Woolf's variance 1/a + 1/b + 1/c + 1/d.
        public override Effect Of(TwoByTwo table) => new(
            Math.Log(table.TreatmentEvents) - Math.Log(table.TreatmentNonEvents) - Math.Log(table.ControlEvents)
                + Math.Log(table.ControlNonEvents),
            (1 / table.TreatmentEvents) + (1 / table.TreatmentNonEvents) + (1 / table.ControlEvents) + (1 / table.ControlNonEvents));
    }

    private sealed class RiskRatioMeasure : CountMeasure
    {
        public RiskRatioMeasure()
            : base("RR", "risk ratio", isLogarithmic: true)
        {
        }

        // 1/a − 1/n is written b/(a n): no cancellation when nearly everybody has the event.
        public override Effect Of(TwoByTwo table) => new(
            Math.Log(table.TreatmentEvents / table.TreatmentTotal) - Math.Log(table.ControlEvents / table.ControlTotal),
            (table.TreatmentNonEvents / (table.TreatmentEvents * table.TreatmentTotal))
                + (table.ControlNonEvents / (table.ControlEvents * table.ControlTotal)));
    }

    private sealed class RiskDifferenceMeasure : CountMeasure
    {
        public RiskDifferenceMeasure()
            : base("RD", "risk difference", isLogarithmic: false)
        {
        }

        public override Effect Of(TwoByTwo table) => new(
            (table.TreatmentEvents / table.TreatmentTotal) - (table.ControlEvents / table.ControlTotal),
            BinomialVariance(
                table.TreatmentEvents,
                table.TreatmentNonEvents) + BinomialVariance(table.ControlEvents, table.ControlNonEvents));

        private static double BinomialVariance(double events, double nonEvents)
        {
            var total = events + nonEvents;
            return events / total * (nonEvents / total) / total;
        }
    }
}
