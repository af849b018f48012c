<?xml version="1.0" encoding="UTF-8"?>
<!--
  Makes of the XML that iptables-xml writes what iptables-restore reads:

      iptables-save -c | iptables-xml > rules.xml
      xsltproc iptables.xslt rules.xml | iptables-restore -c

  Works with XSLT 1.0 alone. The output is ISO 8859-1 since iptables-xml writes each byte as the character of that number:
  so the bytes come out as they were, whatever they mean.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="ISO-8859-1"/>
  <xsl:strip-space elements="*"/>

  <!-- A chain whose rules do not stand together has several elements, each with the same attributes: its line comes once. -->
  <xsl:key name="chain" match="chain" use="concat(generate-id(..), ' ', @name)"/>

  <xsl:template match="/iptables-rules">
    <xsl:apply-templates select="table"/>
  </xsl:template>

  <!-- All chains come before the first rule, which may jump to any of them. -->
  <xsl:template match="table">
    <xsl:value-of select="concat('*', @name, '&#10;')"/>
    <xsl:for-each select="chain[generate-id() = generate-id(key('chain', concat(generate-id(..), ' ', @name))[1])]">
      <xsl:apply-templates select="." mode="head"/>
    </xsl:for-each>
    <xsl:apply-templates select="chain/rule"/>
    <xsl:text>COMMIT&#10;</xsl:text>
  </xsl:template>

  <!-- A chain without counters had no line of its own, so it gets none: its rules are for one that is there. -->
  <xsl:template match="chain" mode="head"/>

  <xsl:template match="chain[@packet-count]" mode="head">
    <xsl:value-of select="concat(':', @name, ' ')"/>
    <xsl:choose>
      <xsl:when test="@policy"><xsl:value-of select="@policy"/></xsl:when>
      <xsl:otherwise>-</xsl:otherwise>
    </xsl:choose>
    <xsl:value-of select="concat(' [', @packet-count, ':', @byte-count, ']&#10;')"/>
  </xsl:template>

  <!-- Rules that were combined have one action each. -->
  <xsl:template match="rule">
    <xsl:for-each select="actions/*">
      <xsl:apply-templates select="../.." mode="conditions"/>
      <xsl:apply-templates select="." mode="action"/>
      <xsl:text>&#10;</xsl:text>
    </xsl:for-each>
    <xsl:if test="not(actions/*)">
      <xsl:apply-templates select="." mode="conditions"/>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="rule" mode="conditions">
    <xsl:if test="@packet-count">
      <xsl:value-of select="concat('[', @packet-count, ':', @byte-count, '] ')"/>
    </xsl:if>
    <xsl:value-of select="concat('-A ', ../@name)"/>
    <xsl:apply-templates select="conditions/node()" mode="condition"/>
  </xsl:template>

  <!-- Conditions: the options that belong to no match, then matches with theirs. -->
  <xsl:template match="match[not(@name)]" mode="condition">
    <xsl:apply-templates mode="option"/>
  </xsl:template>

  <xsl:template match="*" mode="condition">
    <xsl:text> -m </xsl:text>
    <xsl:apply-templates select="." mode="name"/>
    <xsl:apply-templates mode="option"/>
  </xsl:template>

  <xsl:template match="text()" mode="condition">
    <xsl:apply-templates select="." mode="option"/>
  </xsl:template>

  <!-- Actions: a jump to a chain names it in its first element. -->
  <xsl:template match="call|goto" mode="action">
    <xsl:choose>
      <xsl:when test="self::goto"> -g </xsl:when>
      <xsl:otherwise> -j </xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="*[1]" mode="name"/>
    <xsl:apply-templates select="*[1]/following-sibling::node()" mode="option"/>
  </xsl:template>

  <xsl:template match="*" mode="action">
    <xsl:text> -j </xsl:text>
    <xsl:apply-templates select="." mode="name"/>
    <xsl:apply-templates mode="option"/>
  </xsl:template>

  <!-- Options, with what belongs to them. -->
  <xsl:template match="*" mode="option">
    <xsl:if test="@invert = '1'"> !</xsl:if>
    <xsl:choose>
      <xsl:when test="self::option[@name]"><xsl:text> </xsl:text></xsl:when>
      <xsl:when test="string-length(name()) = 1"> -</xsl:when>
      <xsl:otherwise> --</xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="." mode="name"/>
    <xsl:apply-templates select="text()" mode="option"/>
  </xsl:template>

  <!--
    Text: indentation before it does not belong to it; a line feed would end the rule. A carriage return is no blank for
    iptables-restore: in between, a character that no text has stands for it.
  -->
  <xsl:template match="text()" mode="option">
    <xsl:variable name="line" select="translate(., '&#10;&#13;', ' &#xE000;')"/>
    <xsl:variable name="first" select="substring(normalize-space($line), 1, 1)"/>
    <xsl:variable name="words" select="concat($first, substring-after($line, $first))"/>
    <xsl:variable name="option">
      <xsl:choose>
        <xsl:when test="$first = '&quot;'">
          <xsl:text>"</xsl:text>
          <xsl:call-template name="quoted">
            <xsl:with-param name="text" select="substring($words, 2)"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:when test="contains($words, '&quot;')"><xsl:value-of select="$words"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="normalize-space($words)"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:value-of select="concat(' ', translate($option, '&#xE000;', '&#13;'))"/>
  </xsl:template>

  <!--
    What comes behind an opening quote. iptables-xml took the backslashes away, so a quote may belong to the word: the last
    one is taken to close it, since no option takes two words in quotes.
  -->
  <xsl:template name="quoted">
    <xsl:param name="text"/>
    <xsl:call-template name="backslashes">
      <xsl:with-param name="text" select="substring-before($text, '&quot;')"/>
    </xsl:call-template>
    <xsl:variable name="rest" select="substring-after($text, '&quot;')"/>
    <xsl:choose>
      <xsl:when test="contains($rest, '&quot;')">
        <xsl:text>\"</xsl:text>
        <xsl:call-template name="quoted">
          <xsl:with-param name="text" select="$rest"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>"</xsl:text>
        <xsl:if test="normalize-space($rest)">
          <xsl:value-of select="concat(' ', normalize-space($rest))"/>
        </xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="backslashes">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="contains($text, '\')">
        <xsl:value-of select="concat(substring-before($text, '\'), '\\')"/>
        <xsl:call-template name="backslashes">
          <xsl:with-param name="text" select="substring-after($text, '\')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A name that no element can have stands in an attribute. -->
  <xsl:template match="*" mode="name">
    <xsl:choose>
      <xsl:when test="@name"><xsl:value-of select="@name"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="name()"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
