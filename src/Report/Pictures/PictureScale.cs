namespace MarginalConditional.Report.Pictures;

/// <summary>How an axis shows its values.</summary>
public enum PictureScale
{
    /// <summary>As they are.</summary>
    Number,

    /// <summary>In per cent: the values are proportions.</summary>
    Percent,

    /// <summary>As ratios: the values are natural logarithms, and ticks stand at round ratios.</summary>
    Ratio,

    /// <summary>Without ticks: the values only order or separate.</summary>
    Hidden,
}
