using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary>Waves of files that have types: <see cref="WaveColumn"/> takes the days of dates, and the codes of what has names.</summary>
public sealed class TypedWavesTests
{
    [Fact]
    public void Dates_are_days_since_the_earliest_and_days_since_1970_in_the_formula()
    {
        var frame = Frame("responder ~ analysis_date", "analysis_date");
        Assert.Equal("1959-12-31", Frame("responder ~ 1", "analysis_date").WaveLabels[0]);
        Assert.Contains(0.0, Frame("responder ~ 1", "analysis_date").WaveValues.ToArray());
        Assert.Contains(1.0, Frame("responder ~ 1", "analysis_date").WaveValues.ToArray());
        Assert.Contains("analysis_date holds dates and enters as days since 1970-01-01.", frame.Notes);
        Assert.Equal(["(Intercept)", "analysis_date"], frame.Design.Names);
    }

    private static ModelFrame Frame(string formula, string wave)
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = "usubjid", Wave = wave };
        var data = DatasetReader.Read(Samples.Path("trial-118.dta"), new DatasetReaderOptions { Columns = request.Columns.ToArray() });
        return ModelFrameBuilder.Build(data, request);
    }
}
